import type { GenericEndpointContext } from 'better-auth';
import { missedPasswordRules } from '@/lib/password-policy';
import { invalidFields } from './auth-errors';

/** What the product's forms send; anything else a caller adds is dropped before Better Auth sees it. */
const FIELDS: Record<string, readonly string[]> = {
  '/sign-up/email': ['name', 'email', 'password', 'rememberMe'],
  '/sign-in/email': ['email', 'password', 'rememberMe'],
  '/change-password': ['currentPassword', 'newPassword', 'revokeOtherSessions'],
};

const NAME_LENGTH = 100;
/** RFC 5321, 4.5.3.1.3. */
const EMAIL_LENGTH = 254;

/**
 * Cleans and checks what sets or names credentials, on every path, before any endpoint runs. The
 * password policy sits here and not in the hash function, where it would reveal which e-mails exist.
 *
 * @throws APIError 400 naming each field, and the password rules that are missed (FR-003)
 */
export function applyCredentialRules(ctx: GenericEndpointContext): void {
  const body: unknown = ctx.body;
  if (typeof body !== 'object' || body === null) return;
  const fields = body as Record<string, unknown>;
  keepKnownFields(ctx.path, fields);
  if (typeof fields['email'] === 'string') fields['email'] = fields['email'].trim().toLowerCase();
  // A changed password ends every other session, whatever the caller asks for.
  if (ctx.path === '/change-password') fields['revokeOtherSessions'] = true;
  if (ctx.path === '/sign-up/email') checkIdentity(fields);
  checkNewPassword(ctx.path, fields);
}

function keepKnownFields(path: string | undefined, fields: Record<string, unknown>): void {
  const known = FIELDS[path ?? ''];
  if (known === undefined) return;
  for (const name of Object.keys(fields)) if (!known.includes(name)) delete fields[name];
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
function checkNewPassword(path: string | undefined, fields: Record<string, unknown>): void {
  const creates = path === '/sign-up/email' || path === '/admin/create-user';
  const field = creates ? 'password' : 'newPassword';
  const password = fields[field];
  if (typeof password !== 'string') return;
  const missed = missedPasswordRules(password);
  if (missed.length === 0) return;
  const message = `The password still needs: ${missed.map((rule) => lowerFirst(rule.text)).join(', ')}.`;
  throw invalidFields('PASSWORD_TOO_WEAK', [{ field, message }], {
    missed: missed.map((rule) => rule.id),
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
