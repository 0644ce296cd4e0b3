import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ConfigurationError } from '@tessera/database/contract';
import passport from 'passport';
import { JwtStrategy } from './jwt.strategy.js';

/**
 * Finds the application's own subclass of {@link JwtStrategy}, wherever it is provided: one that was
 * overlooked would be a check that nobody makes.
 */
@Injectable()
export class StrategyInUse implements OnModuleInit {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(JwtStrategy) private strategy: JwtStrategy,
  ) {}

  /** The strategy if its `validate()` is not the stock one, which says nothing beyond the token. */
  get overridden(): JwtStrategy | undefined {
    return isStock(this.strategy) ? undefined : this.strategy;
  }

  /** @throws ConfigurationError when there are several, or one that is made per request */
  onModuleInit(): void {
    const found = new Set<JwtStrategy>();
    for (const provider of this.discovery.getProviders()) {
      const instance: unknown = provider.instance;
      if (!(instance instanceof JwtStrategy) || isStock(instance)) continue;
      if (!provider.isDependencyTreeStatic()) {
        throw new ConfigurationError(`${instance.constructor.name}: must not be request-scoped`);
      }
      found.add(instance);
    }
    if (found.size > 1) {
      const names = [...found].map(({ constructor }) => constructor.name).join(', ');
      throw new ConfigurationError(`Several subclasses of JwtStrategy are provided: ${names}`);
    }
    for (const instance of found) this.strategy = instance;
    // Each strategy enters passport's registry when it is made, and the last one stays in it.
    passport.use('jwt', this.strategy);
  }
}

function isStock(strategy: JwtStrategy): boolean {
  return strategy.validate === JwtStrategy.prototype.validate;
}
