import {
  Injectable,
  Module,
  Scope,
  UnauthorizedException,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  AuthModule,
  JwtAuthGuard,
  JwtStrategy,
  TokenVerifier,
  type AccessTokenClaims,
  type Principal,
} from '../src/auth/index.js';
import { bearer, FOREIGN_SECRET, mint } from './support/token.minter.js';
import { get, open, options, start, WhoController } from './support/enterprise.app.js';

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
    expect((await get(app, '/nobody', mint('admin'))).status).toBe(403);
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
