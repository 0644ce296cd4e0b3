import * as passwordHash from '@/lib/auth/password-hash';
import { startAuthServer } from './support/auth-server';

jest.mock('@/lib/auth/password-hash', () => {
  const actual = jest.requireActual<typeof passwordHash>('@/lib/auth/password-hash');
  return {
    hashPassword: jest.fn(actual.hashPassword),
    verifyPassword: jest.fn(actual.verifyPassword),
  };
});

it('a sign-in costs one argon2id run, whether or not the e-mail exists: time does not tell (FR-007)', async () => {
  const server = await startAuthServer();
  try {
    await server.browser().signUp('known@example.com');
    const runs = async (email: string) => {
      jest.clearAllMocks();
      await server.browser().signIn(email, 'Wrong-Horse-7');
      const { hashPassword, verifyPassword } = jest.mocked(passwordHash);
      return hashPassword.mock.calls.length + verifyPassword.mock.calls.length;
    };
    expect(await runs('known@example.com')).toBe(1);
    expect(await runs('nobody@example.com')).toBe(1);
  } finally {
    await server.stop();
  }
});
