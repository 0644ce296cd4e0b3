import { askWeb, required, signIn, type Browser } from '../product/browser.js';
import { PASSWORD, type Person } from '../product/people.js';
import type { Product } from '../product/product.js';

/** Something that ends a session, as far as its answer. */
export interface Way {
  readonly title: string;
  /**
   * @param victim whose token is to be refused
   * @returns what to do when everything is being watched
   */
  prepare(product: Product, person: Person, victim: Browser): Promise<() => Promise<unknown>>;
}

const NEW_PASSWORD = `${PASSWORD}-new`;

/** Done in another browser of the same person. */
const elsewhere = (title: string, path: string, body: (victim: Browser) => object): Way => ({
  title,
  prepare: async (product, person, victim) => {
    const { cookie } = await signIn(product, person.email, PASSWORD);
    return async () => required(await askWeb(product, path, { cookie, body: body(victim) }));
  },
});

/** Done by an operator, as the owner of the database. */
const bySql = (title: string, text: string, subject: (victim: Browser) => string): Way => ({
  title,
  prepare: async ({ sql }, _, victim) => {
    return () => sql.query(text, [subject(victim)]);
  },
});

export const WAYS: readonly Way[] = [
  {
    title: 'sign-out',
    prepare: async (product, _, { cookie }) => {
      return async () => required(await askWeb(product, '/sign-out', { cookie, body: {} }));
    },
  },
  elsewhere('ended from another device', '/sessions/end', ({ sessionId: id }) => ({ id })),
  elsewhere('all others ended', '/sessions/end-others', () => ({})),
  elsewhere('password changed', '/change-password', () => ({
    currentPassword: PASSWORD,
    newPassword: NEW_PASSWORD,
  })),
  bySql(
    'banned by SQL',
    'UPDATE "user" SET "banned" = true WHERE "id" = $1',
    ({ userId }) => userId,
  ),
  bySql(
    'session deleted by SQL',
    'DELETE FROM "session" WHERE "id" = $1',
    ({ sessionId }) => sessionId,
  ),
  bySql('user deleted by SQL', 'DELETE FROM "user" WHERE "id" = $1', ({ userId }) => userId),
];
