import { clientAddress } from '../product/client.address.js';
import { askWeb, required, signIn, type Browser } from '../product/browser.js';
import { exchange } from '../product/http.exchange.js';
import { createPeople, PASSWORD } from '../product/people.js';
import type { Product } from '../product/product.js';
import { mint } from '../tokens.js';
import type { Tally } from './tally.js';

const OVERSIZED = 'x'.repeat(9_000);
const FLOOD = 200;

/** Tokens that are refused for reasons of their own, foreign routes, and more than one may ask. */
export async function mixAtApis(product: Product, tally: Tally): Promise<void> {
  const [ada, bob] = await createPeople(product, 2);
  if (ada === undefined || bob === undefined) throw new Error('Nobody was made');
  const good = await signIn(product, ada.email, PASSWORD);
  const gone = await signIn(product, bob.email, PASSWORD);
  tally.add('sign_in', 'success', 2);
  // The one that signs up so that others can be copied from it.
  tally.add('sign_up', 'success');
  required(await askWeb(product, '/sign-out', { cookie: gone.cookie, body: {} }));
  tally.add('sign_out', 'success');
  tally.add('session_revoked', 'success');
  const forged = [...good.token.split('.').slice(0, 2), gone.token.split('.')[2]].join('.');
  const bad = ['', 'x.y.z', OVERSIZED, mint(), forged, gone.token];
  for (let turn = 0; turn < 20; turn += 1) {
    for (const token of bad)
      await refuse(product, tally, turn, { ...good, token }, clientAddress());
    await refuse(product, tally, turn, { ...good, userId: bob.id }, clientAddress());
  }
  const stranger = clientAddress();
  for (let turn = 0; turn < FLOOD; turn += 1) {
    await refuse(product, tally, 0, { ...good, token: forged }, stranger);
  }
}

async function refuse(
  { apis }: Product,
  tally: Tally,
  turn: number,
  { userId, token }: Pick<Browser, 'userId' | 'token'>,
  address: string,
): Promise<void> {
  const port = apis[turn % apis.length]?.port ?? 0;
  const credentials: Record<string, string> =
    token === '' ? {} : { authorization: `Bearer ${token}` };
  const { status } = await exchange({
    port,
    path: `/api/users/${userId}`,
    headers: { ...credentials, 'x-forwarded-for': address },
  });
  if (status === 401) tally.add('token_refused', 'refused');
  else if (status === 403) tally.add('foreign_route_refused', 'refused');
  else if (status === 429) tally.add('rate_limited', 'refused');
  else throw new Error(`Something to be refused was answered with ${status}`);
}
