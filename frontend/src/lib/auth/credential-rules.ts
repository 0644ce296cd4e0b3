import type { GenericEndpointContext } from 'better-auth';
import { getSessionFromCtx } from 'better-auth/api';
import {
  COMMON_PASSWORD_RULE,
  missedPasswordRules,
  normalizePassword,
  type PasswordContext,
  type PasswordPolicy,
  passwordProblem,
} from '@/lib/password-policy';
import { invalidFields } from './auth-errors';
import { isCommonPassword } from './common-passwords';
import { isToken } from './single-use-token';

const NAME_LENGTH = 100;
/** RFC 5321, 4.5.3.1.3. */
const EMAIL_LENGTH = 254;

/**
 * Cleans and checks what sets or names credentials, on every path, before any endpoint runs. The
 * password policy sits here and not in the hash function, where it would reveal which e-mails exist.
 *
 * @throws APIError 400 naming each field, and the password rules that are missed (FR-003)
 */
export async function applyCredentialRules(
  ctx: GenericEndpointContext,
  policy: PasswordPolicy,
): Promise<void> {
  const body: unknown = ctx.body;
  if (typeof body !== 'object' || body === null) return;
  const fields = body as Record<string, unknown>;
  if (typeof fields['email'] === 'string') fields['email'] = fields['email'].trim().toLowerCase();
  if (ctx.path === '/sign-up/email') checkIdentity(fields);
  await checkNewPassword(ctx, fields, policy);
}

function checkIdentity(fields: Record<string, unknown>): void {
  const errors: { field: string; message: string }[] = [];
  const name = typeof fields['name'] === 'string' ? fields['name'].trim() : '';
  fields['name'] = name;
  if (name === '') errors.push({ field: 'name', message: 'Enter your name.' });
  // oxlint-disable-next-line no-control-regex -- PostgreSQL cannot store a NUL, nobody is named by a bell
  else if (name.length > NAME_LENGTH || /[\u0000-\u001f\u007f]/.test(name)) {
    errors.push({ field: 'name', message: `Use at most ${NAME_LENGTH} printable characters.` });
  }
  const email = fields['email'];
  if (typeof email !== 'string' || email.length > EMAIL_LENGTH || !email.includes('@')) {
    errors.push({ field: 'email', message: 'Enter an e-mail address.' });
  }
  if (errors.length > 0) throw invalidFields('INVALID_FIELDS', errors);
}

/** Better Auth calls a new password `newPassword` everywhere but where an account is created. */
async function checkNewPassword(
  ctx: GenericEndpointContext,
  fields: Record<string, unknown>,
  policy: PasswordPolicy,
): Promise<void> {
  const creates = ctx.path === '/sign-up/email' || ctx.path === '/admin/create-user';
  const field = creates ? 'password' : 'newPassword';
  const password = fields[field];
  if (typeof password !== 'string') return;
  // What anybody can tell comes first: no look-up for a password that is too short.
  let missed = missedPasswordRules(password, policy);
  if (missed.length === 0) {
    missed = missedPasswordRules(password, policy, await ownerOfNewPassword(ctx, fields));
    if (await isCommonPassword(normalizePassword(password))) missed.push(COMMON_PASSWORD_RULE);
  }
  if (missed.length === 0) return;
  throw invalidFields('PASSWORD_TOO_WEAK', [{ field, message: passwordProblem(missed) }], {
    missed: missed.map((rule) => rule.id),
  });
}

/**
 * Whose password it will be. Behind the token of a reset is a user whom only who holds that token can
 * learn about here, and it says no more than that the password resembles them.
 */
async function ownerOfNewPassword(
  ctx: GenericEndpointContext,
  fields: Record<string, unknown>,
): Promise<PasswordContext> {
  if (ctx.path === '/change-password') {
    const session = await getSessionFromCtx(ctx, { disableRefresh: true });
    return session === null ? {} : session.user;
  }
  if (ctx.path === '/reset-password') return (await userOfResetToken(ctx, fields['token'])) ?? {};
  const { email, name } = fields;
  return {
    email: typeof email === 'string' ? email : undefined,
    name: typeof name === 'string' ? name : undefined,
  };
}

/** Looks at the token without using it up: a weak password can be corrected with the same link. */
async function userOfResetToken(ctx: GenericEndpointContext, token: unknown) {
  if (!isToken(token)) return null;
  const { internalAdapter } = ctx.context;
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  if (found === null || found.expiresAt < new Date()) return null;
  return internalAdapter.findUserById(found.value);
}
