import { createAuthMiddleware, isAPIError } from 'better-auth/api';
import type { PasswordPolicy } from '@/lib/password-policy';
import { invalidToken } from './auth-errors';
import { completeSignIn, type SignInParts } from './completed-sign-in';
import { applyCredentialRules } from './credential-rules';
import { recordRefusedCredentials } from './refused-credentials';
import { endSessionOfCookie } from './session-rules';
import type { SignInBackoff } from './sign-in-backoff';
import { isToken } from './single-use-token';
import { toPublicAnswer } from './public-answer';

interface Parts extends SignInParts {
  passwordPolicy: PasswordPolicy;
  requiresEmailVerification: boolean;
  backoff: SignInBackoff;
}

/** What is done before and after Better Auth's own endpoints, in this order. */
export function createAuthHooks(parts: Parts) {
  const { passwordPolicy, requiresEmailVerification, backoff, sessions } = parts;
  return {
    before: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/reset-password' && !isToken(ctx.body?.token)) throw invalidToken();
      await applyCredentialRules(ctx, passwordPolicy);
      await backoff.countAttempt(ctx);
      if (ctx.path === '/sign-out') await endSessionOfCookie(ctx, sessions);
    }),

    after: createAuthMiddleware(async (ctx) => {
      const { returned } = ctx.context;
      if (isAPIError(returned)) {
        recordRefusedCredentials(ctx, returned);
        return undefined;
      }
      const signsUp = ctx.path === '/sign-up/email';
      if (signsUp || ctx.path === '/sign-in/email') await completeSignIn(ctx, parts);
      if (ctx.path === '/token') return undefined;
      // The same for a new and for a used e-mail: only its owner is told which.
      if (signsUp && requiresEmailVerification) return ctx.json({ verificationRequired: true });
      if (ctx.path === '/reset-password') return ctx.json({});
      if (typeof returned !== 'object' || returned === null) return undefined;
      return ctx.json(toPublicAnswer(returned));
    }),
  };
}
