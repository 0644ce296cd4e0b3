import { createAdmission, TICKET } from '@/lib/auth/admission';
import { type AuthServer, PASSWORD, startAuthServer } from './support/auth-server';

describe('requests that hash a password (SC-006)', () => {
  let server: AuthServer;
  beforeAll(async () => {
    // Off, as the limit of what is served at once never is.
    server = await startAuthServer({ AUTH_CAPACITY: '2', AUTH_RATE_LIMIT: 'off' });
    await server.browser().signUp('known@example.com');
  });
  afterAll(() => server.stop());

  const PATHS: [string, object][] = [
    ['/sign-in/email', { email: 'known@example.com', password: PASSWORD }],
    ['/sign-up/email', { name: 'Nero', email: 'nero@example.com', password: PASSWORD }],
    ['/change-password', { currentPassword: PASSWORD, newPassword: 'Another-Horse-8' }],
    ['/reset-password', { token: 'x', newPassword: 'Another-Horse-8' }],
  ];

  it.each(PATHS)(
    'are refused at once on %s beyond the capacity, the rest is served',
    async (path, body) => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => server.browser().post(path, body)),
      );
      const refused = answers.filter((answer) => answer.status === 503);
      expect(refused).toHaveLength(4);
      for (const answer of refused) {
        expect(await answer.json()).toMatchObject({ code: 'OVERLOADED' });
        expect(answer.headers.get('retry-after')).toMatch(/^([1-9]|10)$/);
      }
      // Whoever left, by whatever answer, made room.
      const next = await server.browser().post(path, body);
      expect(next.status).not.toBe(503);
    },
  );

  it('leave room for what hashes nothing', async () => {
    const signIns = [0, 1].map(() => server.browser().signIn('known@example.com'));
    expect((await server.browser().get('/get-session')).status).toBe(200);
    await Promise.all(signIns);
  });

  it('are refused without a look at the database', async () => {
    const other = await startAuthServer({ AUTH_CAPACITY: '1' });
    try {
      await other.disconnectDatabase();
      const [first, second] = await Promise.all([
        other.browser().signIn('known@example.com'),
        other.browser().signIn('known@example.com'),
      ]);
      expect(await first.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      expect(await second.json()).toMatchObject({ code: 'OVERLOADED' });
      // An outage, too, makes room.
      const third = await other.browser().signIn('known@example.com');
      expect(await third.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    } finally {
      await other.stop();
    }
  });

  it('leave the place that the front door gave them, whatever they are refused for', async () => {
    const { admission } = server.gate;
    const reasons: [string, RequestInit][] = [
      ['another site', { headers: { origin: 'http://evil.example' } }],
      ['another method', { method: 'PUT' }],
      ['too large', { body: 'x'.repeat(200_000) }],
      ['no JSON', { body: '{' }],
      ['a wrong password', { body: JSON.stringify({ email: 'known@example.com', password: 'x' }) }],
    ];
    for (const [, init] of reasons) {
      const leave = admission.enter();
      if (leave === undefined) throw new Error('It is full');
      const headers = new Headers(init.headers);
      headers.set('content-type', 'application/json');
      headers.set(TICKET, admission.handOn(leave));
      const url = 'http://localhost:3000/api/auth/sign-in/email';
      await server.handle(new Request(url, { method: 'POST', ...init, headers }));
    }
    const places = [admission.enter(), admission.enter()];
    expect(places.every((place) => place !== undefined)).toBe(true);
    for (const leave of places) leave?.();
  });

  it('do not keep others out while their body is still on its way', async () => {
    const dawdling = Array.from({ length: 2 }, () => {
      let finish = () => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{'));
          finish = () => controller.close();
        },
      });
      const init = { method: 'POST', body, duplex: 'half' };
      const request = new Request('http://localhost:3000/api/auth/sign-in/email', init);
      return { answer: server.handle(request), finish };
    });
    expect((await server.browser().signIn('known@example.com')).status).toBe(200);
    for (const { finish } of dawdling) finish();
    await Promise.all(dawdling.map(({ answer }) => answer));
  });
});

it('admission counts who is inside, and lets the next one in when one leaves', () => {
  const admission = createAdmission(2);
  const [first, second] = [admission.enter(), admission.enter()];
  expect(admission.enter()).toBeUndefined();
  first?.();
  const third = admission.enter();
  expect(third).toBeDefined();
  expect(admission.enter()).toBeUndefined();
  second?.();
  third?.();
  expect([admission.enter(), admission.enter(), admission.enter()].filter(Boolean)).toHaveLength(2);
});
