import { Module, type Provider } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { AuthModule } from '../../src/auth/auth.module.js';
import { JwtAuthGuard } from '../../src/auth/guards/jwt-auth.guard.js';
import type { Principal } from '../../src/auth/principal.js';
import type { RefusalObserver } from '../../src/auth/refusal.observer.js';
import { StrategyInUse } from '../../src/auth/strategy.in-use.js';
import { TokenVerifier } from '../../src/auth/verification/token.verifier.js';
import { AUDIENCE, ISSUER, SECRET } from '../support/token.minter.js';

/** The guard of an application with these providers, with its own verifier and observer if given. */
export async function guardOf(
  { observer, verifier }: { observer?: RefusalObserver; verifier?: TokenVerifier } = {},
  ...providers: Provider[]
) {
  @Module({
    imports: [
      AuthModule.forRoot({
        secret: SECRET,
        issuer: ISSUER,
        audience: AUDIENCE,
        revocation: 'none',
      }),
    ],
    providers,
  })
  class Application {}
  const app = await NestFactory.createApplicationContext(Application, { logger: false });
  const its = { verifier: app.get(TokenVerifier), strategy: app.get(StrategyInUse) };
  await app.close();
  return new JwtAuthGuard(new Reflector(), verifier ?? its.verifier, its.strategy, observer);
}

export interface TestRequest {
  rawHeaders?: string[];
  user?: Principal;
}
export const requestWith = (token?: string): TestRequest =>
  token === undefined ? { rawHeaders: [] } : { rawHeaders: ['Authorization', `Bearer ${token}`] };

export function contextOf(request: object, controller: new () => object, method = 'read') {
  const handler: unknown = Reflect.get(controller.prototype, method);
  return new ExecutionContextHost([request], controller, handler as () => void);
}

export const refusal = (code: string, claim?: string): Error =>
  expect.objectContaining({ code, claim });
