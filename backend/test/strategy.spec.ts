import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Req,
  Scope,
  UnauthorizedException,
  UseGuards,
  type ExecutionContext,
  type ModuleMetadata,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AuthModule,
  CurrentOwner,
  CurrentUser,
  JwtAuthGuard,
  JwtStrategy,
  OwnedBy,
  Public,
  TokenVerifier,
  UserOwnershipGuard,
  type AccessTokenClaims,
  type AuthModuleOptions,
  type OwnerId,
  type Principal,
} from '../src/auth/index.js';
import { AUDIENCE, bearer, FOREIGN_SECRET, ISSUER, mint, SECRET } from './support/token.minter.js';

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

@Controller()
class WhoController {
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

const options = { secret: SECRET, issuer: ISSUER, audience: AUDIENCE };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

async function start(
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

async function get(app: NestFastifyApplication, url: string, token?: string) {
  const headers = token === undefined ? {} : bearer(token);
  const { statusCode, body } = await app.inject({ url, headers });
  return { status: statusCode, body };
}

const seen: AccessTokenClaims[] = [];

@Injectable()
class CountingStrategy extends JwtStrategy {
  override validate(claims: AccessTokenClaims) {
    seen.push(claims);
    if (claims.user_id === 'banned') throw new UnauthorizedException('the reason');
    if (claims.user_id === 'unknown') return undefined as unknown as Principal;
    return { ...(super.validate(claims) as Principal), email: 'mapped@example.com' };
  }
}

describe('a JwtStrategy of the application', () => {
  beforeEach(() => seen.splice(0));

  it('is found wherever it is provided, and its validate() runs on every request', async () => {
    const app = await start([CountingStrategy]);
    const token = mint('ada');
    for (let request = 1; request <= 3; request += 1) {
      expect(JSON.parse((await get(app, '/who', token)).body)).toMatchObject({
        userId: 'ada',
        email: 'mapped@example.com',
      });
      expect(seen).toHaveLength(request);
    }
    expect(new Set(seen).size).toBe(1);
  });

  it('is not asked about a token that the kernel refuses', async () => {
    const app = await start([CountingStrategy]);
    expect((await get(app, '/who', mint('ada', { secret: FOREIGN_SECRET }))).status).toBe(401);
    expect((await get(app, '/who', 'garbage')).status).toBe(401);
    expect(seen).toHaveLength(0);
  });

  it('refuses by throwing UnauthorizedException or by returning nothing, with our challenge', async () => {
    const app = await start([CountingStrategy]);
    for (const user of ['banned', 'unknown']) {
      const answer = await get(app, '/who', mint(user));
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_token' });
    }
  });

  it('cannot leave anything behind in the claims for the next request', async () => {
    @Injectable()
    class MeddlingStrategy extends JwtStrategy {
      override validate(claims: AccessTokenClaims) {
        (claims as { user_id: string }).user_id = 'eve';
        return super.validate(claims);
      }
    }
    const app = await start([MeddlingStrategy]);
    expect((await get(app, '/who', mint('ada'))).status).toBe(500);
  });

  it('stops the start when there are two of them, or one per request', async () => {
    @Injectable()
    class OtherStrategy extends JwtStrategy {
      override validate(claims: AccessTokenClaims) {
        return super.validate(claims);
      }
    }
    @Injectable({ scope: Scope.REQUEST })
    class RequestScopedStrategy extends CountingStrategy {}
    await expect(start([CountingStrategy, OtherStrategy])).rejects.toThrow(
      /CountingStrategy, OtherStrategy/,
    );
    await expect(start([RequestScopedStrategy])).rejects.toThrow(
      /RequestScopedStrategy: must not be request-scoped/,
    );
  });
});

describe('what Nest developers know of passport', () => {
  it("works: AuthGuard('jwt') verifies by the same kernel", async () => {
    const app = await start();
    expect(await get(app, '/by-passport', mint('ada'))).toEqual({ status: 200, body: 'ada' });
    expect((await get(app, '/by-passport')).status).toBe(401);
    const unlimited = mint('ada', { claims: { exp: undefined } });
    expect((await get(app, '/by-passport', unlimited)).status).toBe(401);
  });

  it.each([
    ['class', [CountingStrategy]],
    [
      'factory',
      [
        {
          provide: 'STRATEGY',
          inject: [TokenVerifier],
          useFactory: (verifier: TokenVerifier) => new CountingStrategy(verifier),
        },
      ],
    ],
  ])("works: AuthGuard('jwt') asks the validate() of a strategy by %s", async (_by, providers) => {
    const app = await start(providers);
    seen.splice(0);
    expect((await get(app, '/by-passport', mint('banned'))).status).toBe(401);
    expect((await get(app, '/by-passport', mint('ada'))).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('works: the principal is request.user, and a guard may make signing in optional', async () => {
    const app = await start();
    expect((await get(app, '/request-user', mint('ada'))).body).toBe('ada');
    expect((await get(app, '/optional', mint('ada'))).body).toBe('ada');
    expect((await get(app, '/optional')).body).toBe('nobody');
    expect((await get(app, '/optional', 'garbage')).body).toBe('nobody');
  });

  it('cannot weaken the guard: a second application in the process has its own keys', async () => {
    const ours = await start();
    const theirs = await start([], { secret: FOREIGN_SECRET });
    const foreign = mint('ada', { secret: FOREIGN_SECRET });
    expect((await get(ours, '/who', foreign)).status).toBe(401);
    expect((await get(theirs, '/who', foreign)).status).toBe(200);
    expect((await get(ours, '/who', mint('ada'))).status).toBe(200);
  });

  it('is there on Express, too', async () => {
    @Module({ imports: [AuthModule.forRoot(options)], controllers: [WhoController] })
    class ExpressModule {}
    const app = await NestFactory.create(ExpressModule, new ExpressAdapter(), { logger: false });
    open.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const statusOf = async (path: string, token?: string) =>
      (await fetch(`${url}${path}`, { headers: token ? bearer(token) : {} })).status;
    expect(await statusOf('/owned/ada', mint('ada'))).toBe(200);
    expect(await statusOf('/owned/ada', mint('bob'))).toBe(403);
    expect(await statusOf('/owned/ada')).toBe(401);
  });
});

describe('the guard', () => {
  it("asks a subclass's handleRequest(), though the global guard knows the principal", async () => {
    const app = await start();
    expect((await get(app, '/admin')).status).toBe(401);
    expect((await get(app, '/admin', mint('ada'))).status).toBe(403);
    expect((await get(app, '/admin', mint('admin'))).status).toBe(200);
  });

  it('is asked where it is named, with @Public() beside it too', async () => {
    const app = await start();
    expect((await get(app, '/public-guarded')).status).toBe(401);
    expect((await get(app, '/public-guarded', mint('ada'))).status).toBe(200);
    expect((await get(app, '/public-admin/admin')).status).toBe(401);
    expect((await get(app, '/public-admin/ada', mint('ada'))).status).toBe(403);
    expect((await get(app, '/public-admin/bob', mint('admin'))).status).toBe(403);
    expect((await get(app, '/public-admin/admin', mint('admin'))).body).toBe('admin');
  });

  it('answers without a promise, at first sight of a token and after', async () => {
    const app = await start();
    const guard = app.get(JwtAuthGuard, { strict: false });
    const token = mint('ada');
    const context = () => {
      const request = { rawHeaders: ['Authorization', `Bearer ${token}`] };
      return {
        getHandler: () => Reflect.get(WhoController.prototype, 'who'),
        getClass: () => WhoController,
        switchToHttp: () => ({ getRequest: () => request }),
      } as unknown as ExecutionContext;
    };
    expect(guard.canActivate(context())).toBe(true);
    expect(guard.canActivate(context())).toBe(true);
  });
});

describe('the claims of another issuer', () => {
  const foreign = (claims: Record<string, unknown>) =>
    mint('ada', {
      claims: { user_id: undefined, email: undefined, jti: undefined, sid: undefined, ...claims },
    });

  it('mean what the option says, and those it does not require may be absent', async () => {
    const app = await start([], {
      claims: { names: { userId: 'oid', email: 'upn' }, required: ['email'] },
    });
    const token = foreign({ oid: 'o-1', upn: 'ada@corp.example', sub: 'pairwise' });
    expect(JSON.parse((await get(app, '/who', token)).body)).toMatchObject({
      userId: 'o-1',
      email: 'ada@corp.example',
      sessionId: '',
      tokenId: '',
    });
    expect((await get(app, '/owned/o-1', token)).status).toBe(200);
    expect((await get(app, '/owned/pairwise', token)).status).toBe(403);
  });

  it.each([
    ['without the user', { upn: 'a@b' }],
    ['with an empty user', { oid: '', upn: 'a@b' }],
    ['without a required claim', { oid: 'o-1' }],
    ['with an ill-typed optional one', { oid: 'o-1', upn: 'a@b', sid: 7 }],
  ])('are refused %s (FR-027)', async (_name, claims) => {
    const app = await start([], {
      claims: { names: { userId: 'oid', email: 'upn' }, required: ['email'] },
    });
    expect((await get(app, '/who', foreign(claims))).status).toBe(401);
  });

  it('may say more about the principal, once per token', async () => {
    let calls = 0;
    const app = await start([], {
      claims: {
        toPrincipal: (claims, principal) => {
          calls += 1;
          return { ...principal, roles: [claims['role']] } as Principal;
        },
      },
    });
    const token = mint('ada', { claims: { role: 'admin' } });
    for (let request = 0; request < 3; request += 1) {
      expect(JSON.parse((await get(app, '/who', token)).body)).toMatchObject({ roles: ['admin'] });
    }
    expect(calls).toBe(1);
  });
});
