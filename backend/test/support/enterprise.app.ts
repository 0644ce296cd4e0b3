import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Req,
  UseGuards,
  type ExecutionContext,
  type ModuleMetadata,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AuthModule,
  CurrentOwner,
  CurrentUser,
  JwtAuthGuard,
  OwnedBy,
  Public,
  UserOwnershipGuard,
  type AuthModuleOptions,
  type OwnerId,
  type Principal,
} from '../../src/auth/index.js';
import { AUDIENCE, bearer, ISSUER, SECRET } from './token.minter.js';

@Injectable()
class OptionalAuthGuard extends AuthGuard('jwt') {
  override handleRequest<TUser>(_error: unknown, user: TUser | false): TUser {
    return user || (null as TUser);
  }
}

@Injectable()
class AdminGuard extends JwtAuthGuard {
  override handleRequest<TUser>(
    error: unknown,
    user: TUser | false,
    info: unknown,
    context: ExecutionContext,
  ): TUser {
    const found = super.handleRequest(error, user, info, context);
    if ((found as Principal).userId !== 'admin') throw new ForbiddenException();
    return found;
  }
}

@Injectable()
class NobodyGuard extends JwtAuthGuard {
  override handleRequest = (): never => {
    throw new ForbiddenException();
  };
}

@Controller()
export class WhoController {
  @Get('nobody')
  @UseGuards(NobodyGuard)
  nobody(): string {
    return 'for nobody';
  }

  @Get('admin')
  @UseGuards(AdminGuard)
  admin(): string {
    return 'for admins';
  }

  @Get('public-admin/:userId')
  @Public()
  @UseGuards(AdminGuard, UserOwnershipGuard)
  publicAdmin(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }

  @Get('who')
  who(@CurrentUser() principal: Principal): Principal {
    return principal;
  }

  @Get('request-user')
  requestUser(@Req() request: { user: Principal }): string {
    return request.user.userId;
  }

  @Get('by-passport')
  @Public()
  @UseGuards(AuthGuard('jwt'))
  byPassport(@Req() request: { user: Principal }): string {
    return request.user.userId;
  }

  @Get('optional')
  @Public()
  @UseGuards(OptionalAuthGuard)
  optional(@Req() request: { user: Principal | null }): string {
    return request.user?.userId ?? 'nobody';
  }

  @Get('owned/:userId')
  @OwnedBy()
  owned(): string {
    return 'owned';
  }
}

@Controller('public-guarded')
@Public()
@UseGuards(JwtAuthGuard)
class PublicGuardedController {
  @Get()
  read(): string {
    return 'for users';
  }
}

export const options = {
  secret: SECRET,
  issuer: ISSUER,
  audience: AUDIENCE,
  revocation: 'none',
} as const;
/** Applications to close after the test. */
export const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** Verifies by `SECRET`, unless `changes` say otherwise; closed after the test. */
export async function start(
  providers: ModuleMetadata['providers'] = [],
  changes: Partial<AuthModuleOptions> = {},
): Promise<NestFastifyApplication> {
  @Module({
    imports: [AuthModule.forRoot({ ...options, ...changes } as AuthModuleOptions)],
    controllers: [WhoController, PublicGuardedController],
    providers,
  })
  class EnterpriseModule {}
  const app = await NestFactory.create<NestFastifyApplication>(
    EnterpriseModule,
    new FastifyAdapter(),
    { logger: false, abortOnError: false },
  );
  open.push(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

export async function get(app: NestFastifyApplication, url: string, token?: string) {
  const headers = token === undefined ? {} : bearer(token);
  const { statusCode, body } = await app.inject({ url, headers });
  return { status: statusCode, body };
}
