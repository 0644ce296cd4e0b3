import { createAuthHandler } from '@/lib/auth/auth-handler';
import { authInstance } from '@/lib/auth/auth-instance';
import { sharedSigningKeys } from '@/lib/auth/signing-keys';
import { webEnvironment } from '@/lib/env';

const handle = (request: Request) =>
  createAuthHandler(authInstance(), webEnvironment().webUrl, sharedSigningKeys())(request);

// Every method, so that each refusal is ours: JSON with a sentence.
export {
  handle as DELETE,
  handle as GET,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
