import { USER, mint } from '../tokens.js';

/** More than the cache of verified tokens holds, so that going round and round misses it each time. */
const MORE_THAN_CACHED = 16_000;
const THOUSAND = 1_000;

/** The tokens that a load sends in turn; `undefined` for none. */
const minted = {
  'one token': () => [mint()],
  '1000 tokens': () => many(THOUSAND, () => mint()),
  'unseen tokens': () => many(MORE_THAN_CACHED, () => mint()),
  'no token': () => [undefined],
  'bad signature': () => many(THOUSAND, () => mint({}, 'bench-foreign-Pd2Gc7Hs5Jf0AeRk3vWq8Zt')),
  'expired token': () => many(THOUSAND, () => mint({ iat: 1_700_000_000, exp: 1_700_000_900 })),
} satisfies Record<string, () => (string | undefined)[]>;

export type Credentials = keyof typeof minted;

/** The requests of a load, as bytes on the wire. */
export function requestsWith(credentials: Credentials): Buffer[] {
  return minted[credentials]().map((token) =>
    Buffer.from(
      [
        `GET /api/users/${USER.userId} HTTP/1.1`,
        'Host: api.example.com',
        'User-Agent: bench',
        'Accept: application/json',
        ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
        '\r\n',
      ].join('\r\n'),
    ),
  );
}

const many = (count: number, make: () => string) => Array.from({ length: count }, make);
