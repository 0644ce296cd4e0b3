import { resolveAuthOptions } from '#api/auth/auth.options.js';
import { createKeySet, createTokenVerifier } from '#api/auth/auth.providers.js';
import { NO_REVOCATION, type Revocation } from '#api/auth/revocation/revocation.js';
import type { KeySet } from '#api/auth/verification/key.set.js';
import { AUDIENCE, ISSUER, SECRET } from '../tokens.js';

/** One thing to do again and again. It says how it went, so that a case that measures a mistake shows. */
export interface Case {
  readonly title: string;
  readonly run: () => unknown;
  readonly expected: unknown;
}

const options = (verifiedTokenCacheSize?: number) =>
  resolveAuthOptions({
    secret: SECRET,
    issuer: ISSUER,
    audience: AUDIENCE,
    revocation: 'none',
    ...(verifiedTokenCacheSize === undefined ? {} : { verifiedTokenCacheSize }),
  });

export const createVerifier = (
  cacheSize?: number,
  keys: KeySet = createKeySet(options()),
  revocation: Revocation = NO_REVOCATION,
) => createTokenVerifier(options(cacheSize), keys, revocation);

type Verifier = ReturnType<typeof createVerifier>;

/** Of keys that are at hand the verdict is there at once. */
export function outcomeOf(verdict: ReturnType<Verifier['verify']>): string {
  if (verdict instanceof Promise) return 'a promise';
  return verdict.ok ? 'accepted' : verdict.code;
}

/** Verifies the tokens in turn. */
export function verifying(
  title: string,
  by: Verifier,
  tokens: string[],
  expected = 'accepted',
): Case {
  let turn = 0;
  const run = () => outcomeOf(by.verify(tokens[turn++ % tokens.length] ?? ''));
  return { title, run, expected };
}

/** Decodes a segment in the plainest way. */
export const parseSegment = (segment = ''): unknown =>
  JSON.parse(Buffer.from(segment, 'base64url').toString());
