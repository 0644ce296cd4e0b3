import pg from 'pg';
import * as passwordHash from '@/lib/auth/password-hash';
import { PASSWORD, startAuthServer } from './support/auth-server';

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

it('a failed sign-in asks the database as often for an e-mail that nobody has (FR-007)', async () => {
  const server = await startAuthServer({ AUTH_RATE_LIMIT: 'on' });
  const query = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await server.browser().signUp('known@example.com');
    const queries = async (email: string) => {
      query.mockClear();
      await server.browser().signIn(email, 'Wrong-Horse-7');
      return query.mock.calls.length;
    };
    // The first one prepares its statements.
    await queries('first@example.com');
    const known = await queries('known@example.com');
    expect(known).toBeGreaterThan(2);
    expect(await queries('nobody@example.com')).toBe(known);
  } finally {
    query.mockRestore();
    await server.stop();
  }
});

it('a new password of 129 characters, or of almost 100 kB, is refused and never hashed (FR-003)', async () => {
  const server = await startAuthServer();
  try {
    const browser = server.browser();
    await browser.signUp('long@example.com');
    jest.clearAllMocks();
    for (const length of [129, 99_000]) {
      const password = 'Aa1'.padEnd(length, 'x');
      const change = { currentPassword: PASSWORD, newPassword: password };
      for (const answer of [
        await server.browser().signUp('longer@example.com', password),
        await browser.post('/change-password', change),
      ]) {
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({ missed: ['maximum'] });
      }
    }
    expect(passwordHash.hashPassword).not.toHaveBeenCalled();
    expect(passwordHash.verifyPassword).not.toHaveBeenCalled();
  } finally {
    await server.stop();
  }
});
