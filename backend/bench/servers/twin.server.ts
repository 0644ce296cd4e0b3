// Nest on Fastify with the same route and body, and nobody who looks at the token.
import 'reflect-metadata';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { USER } from '../tokens.js';
import { serve } from './serve.js';

const expiresAt = Math.floor(Date.now() / 1000) + 900;

@Controller('api/users/:userId')
class UsersController {
  @Get()
  whoAmI(@Param('userId') userId: string) {
    return { userId, email: USER.email, sessionId: 'w8TgY2nK5vRz1QcB7mXd4LpJ9sHf3UaE', expiresAt };
  }
}

@Module({ controllers: [UsersController] })
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
serve(app.getHttpServer());
