import { z } from 'zod';
import { missedPasswordRules } from '@/lib/password-policy';

const email = z
  .string()
  .trim()
  .min(1, 'Enter your e-mail.')
  .pipe(z.email('This is not an e-mail address.'));

export const signUpForm = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(100, 'Use at most 100 characters.'),
  email,
  password: z.string().refine((password) => missedPasswordRules(password).length === 0, {
    error: 'The password does not meet every rule yet.',
  }),
});

export const signInForm = z.object({
  email,
  password: z.string().min(1, 'Enter your password.'),
});

export type SignUpForm = z.output<typeof signUpForm>;
export type SignInForm = z.output<typeof signInForm>;
