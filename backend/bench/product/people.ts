import { randomUUID } from 'node:crypto';
import { signUp } from './browser.js';
import type { Product } from './product.js';

/** Everybody's. */
export const PASSWORD = 'Mosaic-Sentry-48';

export interface Person {
  readonly id: string;
  readonly email: string;
}

/**
 * Makes accounts that can sign in. One of them signs up; the others get a copy of its password's hash,
 * since hashing a thousand would take longer than the measurement.
 */
export async function createPeople(
  { sql, web, webUrl }: Product,
  count: number,
): Promise<Person[]> {
  const model = `model-${randomUUID()}@example.com`;
  await signUp({ web, webUrl }, model, PASSWORD);
  const people = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, email: `${id}@example.com` };
  });
  const [ids, emails] = [people.map(({ id }) => id), people.map(({ email }) => email)];
  await sql.query(
    `INSERT INTO "user" ("id", "name", "email", "emailVerified")
     SELECT id, 'Bench', email, true FROM unnest($1::text[], $2::text[]) AS person(id, email)`,
    [ids, emails],
  );
  await sql.query(
    `INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password")
     SELECT 'account-' || person.id, person.id, 'credential', person.id, model."password"
     FROM unnest($1::text[]) AS person(id),
       (SELECT a."password" FROM "account" a JOIN "user" u ON u."id" = a."userId"
        WHERE u."email" = $2) AS model`,
    [ids, model],
  );
  return people;
}
