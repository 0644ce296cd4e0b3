import { explainRefusal, RefusalException } from '../src/auth/index.js';
import { startTestApp } from './support/test-app.js';
import { bearer, mint, nowSeconds } from './support/token.minter.js';

const expired = () => bearer(mint('ada', { claims: { exp: nowSeconds() - 60 } }));

describe('a refusal', () => {
  it('says which rule it is and how to mend it where AUTH_EXPLAIN is 1', async () => {
    const testApp = await startTestApp({ AUTH_EXPLAIN: '1' });
    const call = (headers: Record<string, string>) =>
      testApp.request(null, 'GET', '/api/users/ada', { headers });
    expect((await call({})).body).toMatchObject({
      code: 'missing_token',
      reason: 'missing_token',
      detail: explainRefusal(new RefusalException('missing_token')),
    });
    expect((await call(expired())).body).toMatchObject({
      code: 'invalid_token',
      reason: 'expired',
      detail: expect.stringContaining('`exp`'),
    });
    expect((await call(bearer(mint('bob')))).body).toMatchObject({ reason: 'foreign_owner' });
    await testApp.close();
  });

  it('says no more than its public code anywhere else', async () => {
    const testApp = await startTestApp();
    const { body } = await testApp.request(null, 'GET', '/api/users/ada', { headers: expired() });
    expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'code', 'requestId']);
    await testApp.close();
  });
});
