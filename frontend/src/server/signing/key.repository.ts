import type { PrismaClient } from '@tessera/database';
import { ALGORITHM, type StoredKey } from './stored-key.js';

export type AgedKey = StoredKey & { ageSeconds: number };

type Queries = Pick<PrismaClient, '$queryRaw' | '$executeRaw' | 'jwks'>;

export interface ExclusiveKeys {
  all(): Promise<AgedKey[]>;
  add(key: StoredKey): Promise<void>;
  remove(ids: string[]): Promise<void>;
}

/** The signing keys in the database. Ages are by its clock, so that those of the instances do not matter. */
export class KeyRepository {
  readonly #db: PrismaClient;

  constructor(db: PrismaClient) {
    this.#db = db;
  }

  /** @returns oldest first */
  all(): Promise<AgedKey[]> {
    return readAll(this.#db);
  }

  /**
   * Runs `work` while no other instance changes keys, in one transaction. A lock on the table, not an
   * advisory one: nobody can hold it but who may write the table.
   */
  exclusively<T>(work: (keys: ExclusiveKeys) => Promise<T>): Promise<T> {
    return this.#db.$transaction(async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE "jwks" IN SHARE ROW EXCLUSIVE MODE`;
      return work({
        all: () => readAll(transaction),
        add: (key) => insert(transaction, key),
        async remove(ids) {
          await transaction.jwks.deleteMany({ where: { id: { in: ids } } });
        },
      });
    });
  }
}

function readAll(db: Queries): Promise<AgedKey[]> {
  return db.$queryRaw<AgedKey[]>`
    SELECT "id", "publicKey", "privateKey",
      extract(epoch FROM statement_timestamp() - "createdAt")::float8 AS "ageSeconds"
    FROM "jwks" WHERE "alg" = ${ALGORITHM} ORDER BY "createdAt", "id"`;
}

async function insert(db: Queries, { id, publicKey, privateKey }: StoredKey): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "jwks" ("id", "publicKey", "privateKey", "alg", "crv", "createdAt")
    VALUES (${id}, ${publicKey}, ${privateKey}, ${ALGORITHM}, 'P-256', statement_timestamp())`;
}
