import { sharedAdmission } from '@/lib/auth/admission';
import { createAuthHandler } from '@/lib/auth/auth-handler';
import { authInstance } from '@/lib/auth/auth-instance';
import { sharedEventRecorder } from '@/lib/auth/event-recorder';
import { sharedSigningKeys } from '@/lib/auth/signing-keys';
import { webEnvironment } from '@/lib/env';

let handler: ReturnType<typeof createAuthHandler> | undefined;

const handle = (request: Request) => {
  handler ??= createAuthHandler(
    authInstance(),
    webEnvironment(),
    sharedSigningKeys(),
    sharedEventRecorder(),
    sharedAdmission(webEnvironment().authCapacity),
  );
  return handler(request);
};

// Every method, so that each refusal is ours: JSON with a sentence.
export {
  handle as DELETE,
  handle as GET,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
