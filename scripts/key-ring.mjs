// The shared secrets of an environment file and the steps of their rotation; reads and writes nothing.
import { createHash, randomBytes } from 'node:crypto';
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { newlineOf, withFinalNewline, withVariable } from './environment-file.mjs';
import { Refusal } from './terminal.mjs';

const SETTLING_MS = 60_000;
const HISTORY = /^# key ([\w-]{8}):((?: (?:added|promoted|replaced) \S+)+)\r?(?:\n|$)/gm;

/** As both apps compute it (keyIdOfSecret of @tessera/database, which is not built yet perhaps). */
export const keyIdOf = (secret) =>
  createHash('sha256').update('tessera-kid').update(secret).digest('base64url').slice(0, 8);

/** Added, and never signed with. */
export const isWaiting = ({ added, promoted, replaced }) =>
  Boolean(added) && !promoted && !replaced;

/** When the last token that the key has signed is refused anyway, or undefined when nobody knows. */
export const outlivedAt = ({ replaced }, ttlSeconds) =>
  replaced && new Date(replaced.getTime() + ttlSeconds * 1000 + SETTLING_MS);

/** The signing key and the accepted ones, oldest first, each with what its comment line remembers. */
export function readKeyRing(text) {
  const { JWT_SECRET: secret, JWT_ACCEPTED_SECRETS: accepted = '' } = parseEnv(text);
  if (!secret)
    throw new Refusal('The environment file has no JWT_SECRET yet: npm start writes one.');
  const histories = new Map([...text.matchAll(HISTORY)].map(([, kid, words]) => [kid, words]));
  const toKey = (secret) => {
    const kid = keyIdOf(secret);
    return { kid, secret, ...readHistory(histories.get(kid) ?? '') };
  };
  const others = accepted.split(',').filter((other) => other !== '' && other !== secret);
  return { signing: toKey(secret), accepted: [...new Set(others)].map(toKey) };
}

function readHistory(words) {
  const times = [...words.matchAll(/(\w+) (\S+)/g)].map(([, what, when]) => [what, new Date(when)]);
  return Object.fromEntries(times.filter(([, when]) => !Number.isNaN(when.getTime())));
}

/** The text with the ring in it. Times stand in comment lines at its end: no key is in them. */
export function writeKeyRing(text, { signing, accepted }) {
  const keys = {
    JWT_SECRET: signing.secret,
    JWT_ACCEPTED_SECRETS: accepted.map(({ secret }) => secret).join(','),
  };
  let changed = text.replace(HISTORY, '');
  for (const [name, value] of Object.entries(keys)) changed = withVariable(changed, name, value);
  changed = withFinalNewline(changed);
  for (const line of [signing, ...accepted].flatMap(historyLine)) changed += line + newlineOf(text);
  // A line that looks like one of ours may have been part of a value.
  if (!isDeepStrictEqual({ ...parseEnv(changed) }, { ...parseEnv(text), ...keys })) {
    throw new Refusal('The environment file is written in a way that cannot be changed safely.');
  }
  return changed;
}

function historyLine({ kid, ...times }) {
  const words = ['added', 'promoted', 'replaced']
    .filter((what) => times[what])
    .map((what) => ` ${what} ${times[what].toISOString()}`);
  return words.length > 0 ? [`# key ${kid}:${words.join('')}`] : [];
}

/** A fresh secret that the API accepts and nobody signs with. */
export function add({ signing, accepted }, { now }) {
  const waiting = accepted.find(isWaiting);
  if (waiting) {
    throw new Refusal(`${waiting.kid} was added before and waits: promote it, or retire it first.`);
  }
  const secret = randomBytes(48).toString('base64url');
  return { signing, accepted: [...accepted, { kid: keyIdOf(secret), secret, added: now }] };
}

/** The added secret signs; the one before it stays accepted, for the tokens that it has signed. */
export function promote({ signing, accepted }, { now, force }) {
  const waiting = accepted.findLast(isWaiting);
  if (!waiting) throw new Refusal('There is no added key to promote: add one first.');
  const earliest = new Date(waiting.added.getTime() + SETTLING_MS);
  if (earliest > now && !force) {
    throw new Refusal(
      `${waiting.kid} was added less than a minute ago. Every API must have taken it over first, or it refuses the new tokens: look for the key id in their logs, then promote after ${toText(earliest)}, or with --now.`,
    );
  }
  const others = accepted.filter((key) => key !== waiting);
  return {
    signing: { ...waiting, promoted: now },
    accepted: [...others, { ...signing, replaced: now }],
  };
}

/** Accepted secrets that no longer sign are dropped: all of them, or the one with the key id. */
export function retire({ signing, accepted }, { now, force, kid, ttlSeconds }) {
  const chosen = accepted.filter((key) => (kid ? key.kid === kid : !isWaiting(key)));
  if (kid === signing.kid) throw new Refusal(`${kid} signs: add and promote another one first.`);
  if (chosen.length === 0) {
    throw new Refusal(
      kid
        ? `No accepted key has the id ${kid}: status lists them.`
        : 'There is no replaced key to retire; to give up an added one, name its key id.',
    );
  }
  for (const key of force ? [] : chosen.filter((each) => !isWaiting(each))) {
    const until = outlivedAt(key, ttlSeconds);
    if (!until) {
      throw new Refusal(
        `Nobody knows when ${key.kid} signed last. When that is JWT_TTL (${ttlSeconds} s) and a minute ago, retire it with --now.`,
      );
    }
    if (until > now) {
      throw new Refusal(
        `Tokens that ${key.kid} has signed may live until ${toText(until)} (JWT_TTL is ${ttlSeconds} s). Retire it then, or with --now: clients that hold such a token get one 401 and fetch a new one by themselves.`,
      );
    }
  }
  return { signing, accepted: accepted.filter((key) => !chosen.includes(key)) };
}

export const toText = (time) => `${time.toISOString().slice(0, 19)}Z`;
