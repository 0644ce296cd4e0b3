import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { CLIENT_ADDRESS, type ClientAddressOf } from './client-address.js';
import { EXPLAINS_REFUSALS, ProblemFilter } from './problem.filter.js';
import { createValidationPipe } from './validation.pipe.js';

export interface HttpModuleOptions {
  readonly clientAddressOf: ClientAddressOf;
  /** Whether a refused client is told which rule it broke. */
  readonly explainsRefusals: boolean;
}

/** What holds for every route: one form of problems, one validation, one idea of the client's address. */
@Global()
@Module({})
export class HttpModule {
  static forRoot({ clientAddressOf, explainsRefusals }: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: CLIENT_ADDRESS, useValue: clientAddressOf },
        { provide: EXPLAINS_REFUSALS, useValue: explainsRefusals },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: createValidationPipe },
      ],
      exports: [CLIENT_ADDRESS],
    };
  }
}
