import { Module, type DynamicModule, type ModuleMetadata, type Provider } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import {
  AUTH_OPTIONS,
  resolveAuthOptions,
  type AuthModuleOptions,
  type ResolvedAuthOptions,
} from './auth.options.js';
import {
  createJwtService,
  createKeySet,
  createRevocation,
  createTokenVerifier,
} from './auth.providers.js';
import { JwtAuthGuard } from './guards/jwt-auth.guard.js';
import { UserOwnershipGuard } from './guards/user-ownership.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { REVOCATION } from './revocation/revocation.js';
import { StrategyInUse } from './strategy.in-use.js';
import { KEY_SET } from './verification/key.set.js';
import { TokenVerifier } from './verification/token.verifier.js';

export interface AuthModuleAsyncOptions<Dependencies extends readonly unknown[]> {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: { [Index in keyof Dependencies]: NonNullable<Provider> | string | symbol };
  readonly useFactory: (
    ...dependencies: Dependencies
  ) => AuthModuleOptions | Promise<AuthModuleOptions>;
}

/**
 * Verifies access tokens and protects every route of the application that does not say `@Public()`.
 * Import it once, in the root module, before modules that bring global guards of their own.
 */
@Module({})
export class AuthModule {
  /** @throws ConfigurationError naming the option that is wrong */
  static forRoot(options: AuthModuleOptions): DynamicModule {
    return dynamicModule({ provide: AUTH_OPTIONS, useValue: resolveAuthOptions(options) });
  }

  /** Like {@link forRoot}, with options that other providers supply. */
  static forRootAsync<Dependencies extends readonly unknown[]>(
    options: AuthModuleAsyncOptions<Dependencies>,
  ): DynamicModule {
    const provider = {
      provide: AUTH_OPTIONS,
      inject: [...(options.inject ?? [])] as never[],
      useFactory: async (...dependencies: unknown[]): Promise<ResolvedAuthOptions> =>
        resolveAuthOptions(await options.useFactory(...(dependencies as unknown as Dependencies))),
    };
    return dynamicModule(provider, options.imports);
  }
}

function dynamicModule(options: Provider, imports: ModuleMetadata['imports'] = []): DynamicModule {
  return {
    module: AuthModule,
    global: true,
    imports: [DiscoveryModule, ...imports],
    providers: [
      options,
      { provide: KEY_SET, inject: [AUTH_OPTIONS], useFactory: createKeySet },
      { provide: REVOCATION, inject: [AUTH_OPTIONS], useFactory: createRevocation },
      {
        provide: TokenVerifier,
        inject: [AUTH_OPTIONS, KEY_SET, REVOCATION],
        useFactory: createTokenVerifier,
      },
      { provide: JwtService, inject: [AUTH_OPTIONS, KEY_SET], useFactory: createJwtService },
      JwtStrategy,
      StrategyInUse,
      JwtAuthGuard,
      UserOwnershipGuard,
      { provide: APP_GUARD, useExisting: JwtAuthGuard },
    ],
    exports: [
      AUTH_OPTIONS,
      KEY_SET,
      REVOCATION,
      TokenVerifier,
      StrategyInUse,
      JwtAuthGuard,
      UserOwnershipGuard,
      JwtService,
    ],
  };
}
