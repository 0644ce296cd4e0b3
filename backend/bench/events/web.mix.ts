import { randomUUID } from 'node:crypto';
import { clientAddress } from '../product/client.address.js';
import { askWeb, cookiesOf, required, trySignIn, type Asking } from '../product/browser.js';
import type { Answer } from '../product/http.exchange.js';
import { PASSWORD } from '../product/people.js';
import type { Product } from '../product/product.js';
import type { Tally } from './tally.js';

const WRONG = 'Wrong-Password-77';
const NEXT_PASSWORD = `${PASSWORD}-next`;

interface Account {
  readonly email: string;
  /** Of the session that began with the sign-up. */
  readonly cookie: string;
}

/** What people and strangers do at the web app, every answer of which says what it has to record. */
export async function mixAtWeb(product: Product, tally: Tally): Promise<void> {
  const accounts: Account[] = [];
  for (let turn = 0; turn < 30; turn += 1) accounts.push(await signUp(product, tally));
  for (const { email } of accounts.slice(0, 10)) {
    tally.add('sign_up', 'failure');
    await ask(product, '/sign-up/email', { body: { name: 'Mix', email, password: PASSWORD } });
  }
  for (const { email } of accounts) await signInAs(product, tally, email);
  // Unknown e-mails, all from one address, which is more than an address may try.
  const stranger = clientAddress();
  for (let turn = 0; turn < 60; turn += 1) {
    await failToSignIn(product, tally, `${randomUUID()}@example.com`, stranger);
  }
  // One account from one network, until it is locked there.
  const [victim, ...others] = accounts;
  if (victim === undefined) return;
  const neighbours = clientAddress();
  for (let host = 10; host < 20; host += 1) {
    const address = neighbours.replace(/\d+$/, String(host));
    await failToSignIn(product, tally, victim.email, address);
  }
  for (let turn = 0; turn < 40; turn += 1) {
    const answer = await askWeb(product, '/sign-out', {
      ...victim,
      body: {},
      origin: 'https://elsewhere.example',
    });
    if (answer.status !== 403) throw new Error(`Another origin was answered with ${answer.status}`);
    tally.add('foreign_origin_refused', 'refused');
  }
  await overload(product, tally);
  await endSessions(product, tally, others);
}

const ask = (product: Product, path: string, asking: Asking) =>
  askWeb(product, path, { address: clientAddress(), ...asking });

async function signUp(product: Product, tally: Tally): Promise<Account> {
  const email = `${randomUUID()}@example.com`;
  const body = { name: 'Mix', email, password: PASSWORD };
  const answer = required(await ask(product, '/sign-up/email', { body }));
  tally.add('sign_up', 'success');
  return { email, cookie: cookiesOf(answer) };
}

async function signInAs(product: Product, tally: Tally, email: string): Promise<string> {
  const answer = required(await trySignIn(product, email, PASSWORD, clientAddress()));
  tally.add('sign_in', 'success');
  return cookiesOf(answer);
}

async function failToSignIn(product: Product, tally: Tally, email: string, address: string) {
  addFailure(tally, await trySignIn(product, email, WRONG, address));
}

function addFailure(tally: Tally, { status, body }: Answer): void {
  if (status === 401) tally.add('sign_in', 'failure');
  else if (status === 429) tally.add('rate_limited', 'refused');
  else if (status === 503 && body.includes('OVERLOADED')) tally.add('overloaded', 'refused');
  else throw new Error(`A wrong password was answered with ${status}: ${body.slice(0, 100)}`);
}

async function overload(product: Product, tally: Tally): Promise<void> {
  const attempts = Array.from({ length: 80 }, () =>
    trySignIn(product, `${randomUUID()}@example.com`, WRONG, clientAddress()),
  );
  for (const answer of await Promise.all(attempts)) addFailure(tally, answer);
}

async function endSessions(product: Product, tally: Tally, accounts: readonly Account[]) {
  for (const [turn, { email, cookie }] of accounts.entries()) {
    // Two sessions by now: that of the sign-up and that of the sign-in.
    if (turn % 3 === 0) {
      required(await ask(product, '/sign-out', { cookie, body: {} }));
      tally.add('sign_out', 'success');
      tally.add('session_revoked', 'success');
    } else if (turn % 3 === 1) {
      await signInAs(product, tally, email);
      required(await ask(product, '/sessions/end-others', { cookie, body: {} }));
      tally.add('session_ended', 'success', 2);
      tally.add('session_revoked', 'success', 2);
    } else {
      const change = (currentPassword: string) =>
        ask(product, '/change-password', {
          cookie,
          body: { currentPassword, newPassword: NEXT_PASSWORD },
        });
      const refused = await change(WRONG);
      if (refused.status !== 400) throw new Error(`A wrong password: ${refused.status}`);
      tally.add('password_changed', 'failure');
      required(await change(PASSWORD));
      tally.add('password_changed', 'success');
      tally.add('session_revoked', 'success', 2);
    }
  }
}
