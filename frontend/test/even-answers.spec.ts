import { setTimeout as delay } from 'node:timers/promises';
import * as evenAnswer from '@/lib/auth/even-answer';
import { startAuthServer, WEB_URL } from './support/auth-server';

jest.mock('@/lib/auth/even-answer', () => {
  const actual = jest.requireActual<typeof evenAnswer>('@/lib/auth/even-answer');
  return { ...actual, evenly: jest.fn(actual.evenly) };
});
const evenly = jest.mocked(evenAnswer.evenly);

const email = 'known@example.com';
const SIGN_UP = { name: 'Livia', email, password: 'Correct-Horse-7' };

describe('what must not tell by its time whether an e-mail is used (FR-007)', () => {
  beforeEach(() => evenly.mockClear());

  it.each([
    ['/request-password-reset', { email }],
    ['/send-verification-email', { email }],
    ['/sign-up/email', SIGN_UP],
  ])('is answered evenly: %s', async (path, body) => {
    const server = await startAuthServer({ REQUIRE_EMAIL_VERIFICATION: 'on' });
    try {
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        const begunAt = performance.now();
        expect((await server.browser().post(path, body)).status).toBe(200);
        expect(performance.now() - begunAt).toBeGreaterThanOrEqual(250);
        expect(evenly).toHaveBeenCalledTimes(attempt);
      }
    } finally {
      await server.stop();
    }
  });

  it('is answered that much after its body was there, so that dawdling over it tells nothing', async () => {
    const server = await startAuthServer();
    try {
      const begunAt = performance.now();
      const body = new ReadableStream({
        async pull(stream) {
          await delay(120);
          stream.enqueue(Buffer.from(JSON.stringify({ email })));
          stream.close();
        },
      });
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body, duplex: 'half' as const };
      await server.handle(new Request(`${WEB_URL}/api/auth/request-password-reset`, init));
      expect(performance.now() - begunAt).toBeGreaterThan(360);
    } finally {
      await server.stop();
    }
  });

  it('waits for its time in nobody’s place', async () => {
    const server = await startAuthServer({ REQUIRE_EMAIL_VERIFICATION: 'on', AUTH_CAPACITY: '1' });
    try {
      const { evenly: actual } = jest.requireActual<typeof evenAnswer>('@/lib/auth/even-answer');
      let isAnswered = false;
      const worked = new Promise<void>((done) => {
        evenly.mockImplementationOnce((work) => actual(() => work().finally(done)));
      });
      const answer = server
        .browser()
        .signUp(email)
        .finally(() => (isAnswered = true));
      await Promise.race([worked, answer]);
      expect(isAnswered).toBe(false);
      expect((await server.browser().signIn('nobody@example.com')).status).toBe(401);
      expect((await answer).status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  it('is not what says it in words: a sign-up that needs no verification, or a sign-in', async () => {
    const server = await startAuthServer();
    try {
      await server.browser().signUp(email);
      await server.browser().signIn(email);
      expect(evenly).not.toHaveBeenCalled();
    } finally {
      await server.stop();
    }
  });
});
