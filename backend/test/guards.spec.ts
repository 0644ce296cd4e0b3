import {
  Controller,
  Get,
  Injectable,
  Module,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OwnerId } from '@tessera/database';
import {
  Authenticated,
  AuthModule,
  CurrentOwner,
  CurrentUser,
  JwtAuthGuard,
  OwnedBy,
  Public,
  UserOwnershipGuard,
  type Principal,
} from '../src/auth/index.js';
import { JwtStrategy } from '../src/auth/jwt.strategy.js';
import { AUDIENCE, bearer, ISSUER, mint, SECRET } from './support/token.minter.js';

@Controller()
class UndeclaredController {
  @Get('undeclared')
  read(@CurrentUser() principal: Principal): string {
    return principal.userId;
  }

  @Get('public')
  @Public()
  open(): string {
    return 'open';
  }

  @Get('authenticated')
  @Authenticated()
  anyone(@CurrentUser() principal: Principal): string {
    return principal.email;
  }

  @Get('public-but-asks-who')
  @Public()
  confused(@CurrentUser() principal?: Principal): string {
    return `hello ${principal?.userId}`;
  }

  @Get('unchecked-owner/:userId')
  unchecked(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }
}

@Controller('guarded/:userId')
@UseGuards(JwtAuthGuard, UserOwnershipGuard)
class GuardedController {
  @Get()
  read(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }
}

@Controller('wrong-order/:userId')
@UseGuards(UserOwnershipGuard, JwtAuthGuard)
class WrongOrderController {
  @Get()
  read(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }
}

@Controller()
@Public()
class OwnedController {
  @Get('accounts/:accountOwner/:userId')
  @OwnedBy('accountOwner')
  read(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }

  @Get('no-parameter')
  @OwnedBy()
  parameterless(): string {
    return 'leaked';
  }
}

@Injectable()
class StricterJwtAuthGuard extends JwtAuthGuard {}

@Controller('mostly-public')
@Public()
class MostlyPublicController {
  @Get('open')
  open(): string {
    return 'open';
  }

  @Get('authenticated')
  @Authenticated()
  authenticated(@CurrentUser() principal: Principal): string {
    return principal.userId;
  }

  @Get('by-guard')
  @UseGuards(JwtAuthGuard)
  byGuard(@CurrentUser() principal: Principal): string {
    return principal.userId;
  }

  @Get('by-subclass')
  @UseGuards(StricterJwtAuthGuard)
  bySubclass(@CurrentUser() principal: Principal): string {
    return principal.userId;
  }

  @Get('by-both-guards/:userId')
  @UseGuards(JwtAuthGuard, UserOwnershipGuard)
  byBothGuards(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }

  @Get('by-ownership-guard/:userId')
  @UseGuards(UserOwnershipGuard)
  byOwnershipGuard(@CurrentOwner() ownerId: OwnerId): string {
    return ownerId;
  }
}

@Controller('closed-again')
@Authenticated()
class ClosedAgainController extends MostlyPublicController {}

const options = {
  secret: SECRET,
  issuer: ISSUER,
  audience: AUDIENCE,
  revocation: 'none',
} as const;

@Module({
  imports: [
    AuthModule.forRootAsync({ inject: ['OPTIONS'], useFactory: (given: typeof options) => given }),
    {
      module: class OptionsModule {},
      global: true,
      providers: [{ provide: 'OPTIONS', useValue: options }],
      exports: ['OPTIONS'],
    },
  ],
  controllers: [
    UndeclaredController,
    GuardedController,
    WrongOrderController,
    OwnedController,
    MostlyPublicController,
    ClosedAgainController,
  ],
})
class EnterpriseModule {}

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(EnterpriseModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

const statusOf = async (url: string, token?: string) =>
  (await app.inject({ url, headers: token === undefined ? {} : bearer(token) })).statusCode;

describe('the guards in an application of an enterprise developer', () => {
  it('refuse a route that declares nothing', async () => {
    expect(await statusOf('/undeclared')).toBe(401);
    expect(await statusOf('/undeclared', mint('ada'))).toBe(200);
  });

  it('leave a public route open, with a bad token too', async () => {
    expect(await statusOf('/public')).toBe(200);
    expect(await statusOf('/public', 'garbage')).toBe(200);
  });

  it('let any user through @Authenticated()', async () => {
    expect(await statusOf('/authenticated')).toBe(401);
    expect(await statusOf('/authenticated', mint('bob'))).toBe(200);
  });

  it('work as @UseGuards(JwtAuthGuard, UserOwnershipGuard), with 401 before 403', async () => {
    expect(await statusOf('/guarded/ada')).toBe(401);
    expect(await statusOf('/guarded/ada', 'garbage')).toBe(401);
    expect(await statusOf('/guarded/ada', mint('bob'))).toBe(403);
    expect(await statusOf('/guarded/ada', mint('ada'))).toBe(200);
  });

  it('hold in the wrong order as well', async () => {
    expect(await statusOf('/wrong-order/ada')).toBe(401);
    expect(await statusOf('/wrong-order/ada', mint('bob'))).toBe(403);
    expect(await statusOf('/wrong-order/ada', mint('ada'))).toBe(200);
  });

  it('check the parameter that @OwnedBy() names, also within a public controller', async () => {
    expect(await statusOf('/accounts/ada/bob')).toBe(401);
    expect(await statusOf('/accounts/ada/bob', mint('bob'))).toBe(403);
    expect(await statusOf('/accounts/ada/bob', mint('ada'))).toBe(200);
  });

  it.each(['authenticated', 'by-guard', 'by-subclass'])(
    'close one handler of a public controller: %s',
    async (route) => {
      expect(await statusOf('/mostly-public/open')).toBe(200);
      expect(await statusOf(`/mostly-public/${route}`)).toBe(401);
      expect(await statusOf(`/mostly-public/${route}`, 'garbage')).toBe(401);
      expect(await statusOf(`/mostly-public/${route}`, mint('ada'))).toBe(200);
    },
  );

  it.each(['by-both-guards', 'by-ownership-guard'])(
    'keep one handler of a public controller for its owner: %s',
    async (route) => {
      expect(await statusOf(`/mostly-public/${route}/ada`)).toBe(401);
      expect(await statusOf(`/mostly-public/${route}/ada`, 'garbage')).toBe(401);
      expect(await statusOf(`/mostly-public/${route}/ada`, mint('bob'))).toBe(403);
      expect(await statusOf(`/mostly-public/${route}/ada`, mint('ada'))).toBe(200);
    },
  );

  it('take the word of a controller before that of the class it extends', async () => {
    expect(await statusOf('/closed-again/open')).toBe(401);
    expect(await statusOf('/closed-again/open', mint('ada'))).toBe(200);
  });

  it.each([
    [500, new Error('a fault of the strategy')],
    [503, new ServiceUnavailableException()],
  ])('answer %i, never 401, to what validate() throws by surprise', async (status, surprise) => {
    const strategy = app.get(JwtStrategy, { strict: false });
    const validate = jest.spyOn(strategy, 'validate').mockRejectedValueOnce(surprise);
    expect(await statusOf('/undeclared', mint('ada'))).toBe(status);
    validate.mockRestore();
  });

  it('fail closed where a declaration contradicts the route', async () => {
    expect(await statusOf('/no-parameter', mint('ada'))).toBe(500);
  });

  it('hand out a principal or an owner only after the check that makes one', async () => {
    expect(await statusOf('/public-but-asks-who', mint('ada'))).toBe(500);
    expect(await statusOf('/unchecked-owner/ada', mint('ada'))).toBe(500);
  });

  it('verify a token once per request, however many guards there are', async () => {
    const verify = jest.spyOn(JwtAuthGuard.prototype, 'handleRequest');
    expect(await statusOf('/guarded/ada', mint('ada'))).toBe(200);
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });

  it('accept what the JwtService of AuthModule mints, which names its key', async () => {
    const claims = { sub: 'ada', user_id: 'ada', email: 'a@b', jti: 'j', sid: 's' };
    const token = app.get(JwtService, { strict: false }).sign(claims, { expiresIn: '1m' });
    const [header = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'HS256',
      typ: 'JWT',
      kid: expect.stringMatching(/^[\w-]{8}$/),
    });
    expect(await statusOf('/guarded/ada', token)).toBe(200);
  });
});
