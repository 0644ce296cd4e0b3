// Ours as the peers are: Nest on Fastify with AuthModule, and nothing else of the product.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthModule, CurrentUser, OwnedBy, type Principal } from '#api/auth/index.js';
import { AUDIENCE, ISSUER, SECRET } from '../tokens.js';
import { serve } from './serve.js';

@Controller('api/users/:userId')
@OwnedBy()
class UsersController {
  @Get()
  whoAmI(@CurrentUser() { userId, email, sessionId, expiresAt }: Principal) {
    return { userId, email, sessionId, expiresAt };
  }
}

@Module({
  imports: [
    AuthModule.forRoot({ secret: SECRET, issuer: ISSUER, audience: AUDIENCE, revocation: 'none' }),
  ],
  controllers: [UsersController],
})
class AppModule {}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(0, '127.0.0.1');
serve(app.getHttpServer());
