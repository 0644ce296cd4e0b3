import { AsyncLocalStorage } from 'node:async_hooks';
import { verifyPassword } from './password-hash';

const requests = new AsyncLocalStorage<{ hash?: string }>();

/** Lets {@link verifiedHash} tell, during `work`, which stored hash a password was found to match. */
export function rememberingVerifiedHash<T>(work: () => Promise<T>): Promise<T> {
  return requests.run({}, work);
}

export async function verifyAndRemember(attempt: {
  hash: string;
  password: string;
}): Promise<boolean> {
  const isRight = await verifyPassword(attempt);
  const request = requests.getStore();
  if (isRight && request !== undefined) request.hash = attempt.hash;
  return isRight;
}

/**
 * The hash that this request's password was verified against. Verifying takes long enough for the
 * password to be changed meanwhile; whoever acts on it asks again whether this hash still is the one.
 */
export function verifiedHash(): string | undefined {
  return requests.getStore()?.hash;
}
