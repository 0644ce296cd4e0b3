import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { createDatabaseClient, type PrismaClient } from '@tessera/database';
import { DATABASE } from './database.token.js';

/** Enough for two cores: more connections would only queue inside PostgreSQL instead of here. */
const POOL_SIZE = 10;

/** One Prisma client for the app. It connects with the first query, so building the app needs no database. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly db: PrismaClient) {}

  static forRoot(url: string): DynamicModule {
    const useFactory = () => createDatabaseClient({ url, poolSize: POOL_SIZE });
    return {
      module: DatabaseModule,
      providers: [{ provide: DATABASE, useFactory }],
      exports: [DATABASE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.$disconnect();
  }
}
