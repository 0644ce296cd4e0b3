import { z } from 'zod';
import {
  COMMON_PASSWORD_RULE,
  missedPasswordRules,
  type PasswordContext,
  type PasswordPolicy,
  passwordProblem,
} from '@/lib/password-policy';
import { loadPasswordStrength } from '@/lib/password-strength';

const email = z
  .string()
  .trim()
  .min(1, 'Enter your e-mail.')
  .pipe(z.email('This is not an e-mail address.'));
const present = z.string().min(1, 'Enter your password.');

const isRuleful = (password: string, policy: PasswordPolicy, context: PasswordContext) =>
  missedPasswordRules(password, policy, context).length === 0;

/** Without the list, which may not load, the server still knows. */
const isCommon = (password: string) =>
  loadPasswordStrength().then(
    (strengthOf) => strengthOf(password, {}).isCommon,
    () => false,
  );

const newPassword = (policy: PasswordPolicy, context: PasswordContext = {}) =>
  z
    .string()
    .refine((password) => isRuleful(password, policy, context), {
      error: 'The password does not meet every rule yet.',
      abort: true,
    })
    .refine(async (password) => !(await isCommon(password)), {
      error: passwordProblem([COMMON_PASSWORD_RULE]),
    });

export const signUpForm = (policy: PasswordPolicy) =>
  z
    .object({
      name: z.string().trim().min(1, 'Enter your name.').max(100, 'Use at most 100 characters.'),
      email,
      password: newPassword(policy),
    })
    .refine(({ password, ...context }) => isRuleful(password, policy, context), {
      error: 'The password does not meet every rule yet.',
      path: ['password'],
    });

export const signInForm = z.object({ email, password: present });

export const forgotPasswordForm = z.object({ email });

export const resetPasswordForm = (policy: PasswordPolicy) =>
  z.object({ newPassword: newPassword(policy) });

export const changePasswordForm = (policy: PasswordPolicy, context: PasswordContext) =>
  z.object({ currentPassword: present, newPassword: newPassword(policy, context) });

export type SignUpForm = z.output<ReturnType<typeof signUpForm>>;
export type SignInForm = z.output<typeof signInForm>;
export type ForgotPasswordForm = z.output<typeof forgotPasswordForm>;
export type ResetPasswordForm = z.output<ReturnType<typeof resetPasswordForm>>;
export type ChangePasswordForm = z.output<ReturnType<typeof changePasswordForm>>;
