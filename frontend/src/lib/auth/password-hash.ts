import { hash, verify } from '@node-rs/argon2';
import { normalizePassword } from '@/lib/password-policy';

/**
 * argon2id with the least that OWASP recommends: 19 MiB, 2 passes, 1 lane (FR-005).
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 32 };

export function hashPassword(password: string): Promise<string> {
  return hash(normalizePassword(password), PARAMETERS);
}

export function verifyPassword(attempt: { hash: string; password: string }): Promise<boolean> {
  return verify(attempt.hash, normalizePassword(attempt.password));
}
