import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { TrustsProxy } from '@tessera/database/contract';
import { CLIENT_ADDRESS, createClientAddressOf } from './client-address.js';
import { ProblemFilter } from './problem.filter.js';
import { createValidationPipe } from './validation.pipe.js';

/** What holds for every route: one form of problems, one validation, one idea of the client's address. */
@Global()
@Module({})
export class HttpModule {
  static forRoot(trustsProxy: TrustsProxy): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: CLIENT_ADDRESS, useValue: createClientAddressOf(trustsProxy) },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: createValidationPipe },
      ],
      exports: [CLIENT_ADDRESS],
    };
  }
}
