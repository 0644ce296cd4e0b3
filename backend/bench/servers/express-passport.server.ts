// Nest on Express with passport-jwt as Nest's documentation shows it, plus the checks of issuer and
// audience that it leaves to the reader. Argument: how the secret is given, `string` or `key-object`.
import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Param,
  Req,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { AUDIENCE, ISSUER, SECRET } from '../tokens.js';
import { serve } from './serve.js';

interface User {
  userId: string;
  email: string;
  sessionId: string;
  expiresAt: number;
}

const secretOrKey = process.argv[2] === 'key-object' ? keyObject() : SECRET;

/** passport-jwt's types do not know that jsonwebtoken takes a KeyObject as well. */
function keyObject(): Buffer {
  return createSecretKey(Buffer.from(SECRET)) as unknown as Buffer;
}

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      ignoreExpiration: false,
      secretOrKey,
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
    });
  }

  async validate(payload: { sub: string; email: string; sid: string; exp: number }): Promise<User> {
    const { sub, email, sid, exp } = payload;
    return { userId: sub, email, sessionId: sid, expiresAt: exp };
  }
}

@Injectable()
class JwtAuthGuard extends AuthGuard('jwt') {}

@Controller('api/users/:userId')
class UsersController {
  @UseGuards(JwtAuthGuard)
  @Get()
  whoAmI(@Req() request: { user: User }, @Param('userId') userId: string): User {
    if (request.user.userId !== userId) throw new ForbiddenException();
    return request.user;
  }
}

@Module({ imports: [PassportModule], providers: [JwtStrategy], controllers: [UsersController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
serve(app.getHttpServer());
