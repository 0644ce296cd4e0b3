import { createHash } from 'node:crypto';
import { z } from 'zod';

/** HS256 wants a key at least as long as its hash (RFC 7518, 3.2). */
const MINIMUM_BYTES = 32;

/** What sits in tutorials and templates: long enough, and known to everybody. */
const KNOWN_DEFAULT =
  /change[-_ ]?(?:me|this)|your[-_ ]|better-auth-secret|super[-_ ]?secret|placeholder|s3cr3t/i;

/** What examples are filled up with; it adds length and no secrecy. */
const FILLER = /0123456789|1234567890|abcdef(?:ghijklmnopqrstuvwxyz)?|\s/gi;

const LEAST_DIFFERENT_CHARACTERS = 10;

/** A secret is its UTF-8 bytes. Commas separate secrets in lists, so none may hold one. */
export const secretText = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= MINIMUM_BYTES, {
    error: `must have at least ${MINIMUM_BYTES} bytes`,
    abort: true,
  })
  .refine((text) => !text.includes(','), 'must not contain a comma')
  .refine(
    (text) =>
      !KNOWN_DEFAULT.test(text) &&
      new Set(text.replace(FILLER, '')).size >= LEAST_DIFFERENT_CHARACTERS,
    'is a known default or far too regular: use fresh random bytes (openssl rand -base64 48)',
  );

/**
 * The `kid` of a shared secret: the first 8 characters of base64url(SHA-256("tessera-kid" ‖ secret)).
 * Both sides compute it, so nobody has to name keys. It tells nothing of a random secret.
 */
export function keyIdOfSecret(secret: string): string {
  return createHash('sha256').update('tessera-kid').update(secret).digest('base64url').slice(0, 8);
}
