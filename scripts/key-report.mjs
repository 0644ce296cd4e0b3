// What `npm run keys` says: key ids and times, never a secret, and what to do next.
import { isWaiting, outlivedAt, toText } from './key-ring.mjs';

const NOBODY_NOTICES =
  'clients that hold such a token get one 401 and fetch a new one by themselves';

/** How the running apps are made to read the file again. */
const takeOver = ({ launcher }) =>
  launcher === undefined
    ? 'send SIGHUP to every API and web app (docker compose kill -s HUP backend frontend)'
    : `kill -HUP ${launcher}`;

/** Where the rotation stands. */
export function statusLines({ signing, accepted }, settings) {
  const since = signing.promoted ? `since ${toText(signing.promoted)}` : 'since the beginning';
  return [
    `  signs     ${signing.kid}  ${since}`,
    ...accepted.map((key) => `  accepted  ${key.kid}  ${standing(key, settings)}`),
    `Next: ${nextStep(accepted, settings)}`,
  ];
}

function standing(key, { ttlSeconds }) {
  if (isWaiting(key)) return `added ${toText(key.added)}, waits to be promoted`;
  const until = outlivedAt(key, ttlSeconds);
  if (!until) return 'nobody noted since when it no longer signs';
  return `replaced ${toText(key.replaced)}, its last token ends by ${toText(until)}`;
}

function nextStep(accepted, settings) {
  const step = accepted.some(isWaiting) ? 'promote' : 'retire, when its tokens have ended';
  return accepted.length === 0
    ? 'nothing; npm run keys -- add begins a rotation'
    : `${takeOver(settings)}; then npm run keys -- ${step}`;
}

/** What a step has done to the ring, and the next thing to do. */
export const stepLines = {
  add({ after }, settings) {
    const { kid } = after.accepted.find(isWaiting);
    return [
      `Added ${kid}: to be accepted by every API before anybody signs with it.`,
      `1. ${takeOver(settings)}`,
      `2. When every API has logged ${kid}, a minute from now at the earliest: npm run keys -- promote`,
    ];
  },
  promote({ before, after }, settings) {
    const replaced = after.accepted.find(({ kid }) => kid === before.signing.kid);
    return [
      `${after.signing.kid} is to sign; ${replaced.kid} stays accepted for the tokens it has signed.`,
      `1. ${takeOver(settings)}`,
      `2. After ${toText(outlivedAt(replaced, settings.ttlSeconds))} (JWT_TTL is ${settings.ttlSeconds} s, and a minute): npm run keys -- retire`,
    ];
  },
  retire({ before, after }, settings) {
    const left = new Set(after.accepted.map(({ kid }) => kid));
    const retired = before.accepted.filter(({ kid }) => !left.has(kid)).map(({ kid }) => kid);
    return [
      `Retired ${retired.join(', ')}. If a token of it still lives: ${NOBODY_NOTICES}.`,
      `1. ${takeOver(settings)} (until then the running apps accept it as before)`,
    ];
  },
};
