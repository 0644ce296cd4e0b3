import type { Principal } from '../src/auth/index.js';
import { mint } from './support/token.minter.js';
import { get, start } from './support/enterprise.app.js';

describe('the claims of another issuer', () => {
  const foreign = (claims: Record<string, unknown>) =>
    mint('ada', {
      claims: { user_id: undefined, email: undefined, jti: undefined, sid: undefined, ...claims },
    });

  it('mean what the option says, and those it does not require may be absent', async () => {
    const app = await start([], {
      claims: { names: { userId: 'oid', email: 'upn' }, required: ['email'] },
    });
    const token = foreign({ oid: 'o-1', upn: 'ada@corp.example', sub: 'pairwise' });
    expect(JSON.parse((await get(app, '/who', token)).body)).toMatchObject({
      userId: 'o-1',
      email: 'ada@corp.example',
      sessionId: '',
      tokenId: '',
    });
    expect((await get(app, '/owned/o-1', token)).status).toBe(200);
    expect((await get(app, '/owned/pairwise', token)).status).toBe(403);
  });

  it.each([
    ['without the user', { upn: 'a@b' }],
    ['with an empty user', { oid: '', upn: 'a@b' }],
    ['without a required claim', { oid: 'o-1' }],
    ['with an ill-typed optional one', { oid: 'o-1', upn: 'a@b', sid: 7 }],
  ])('are refused %s (FR-027)', async (_name, claims) => {
    const app = await start([], {
      claims: { names: { userId: 'oid', email: 'upn' }, required: ['email'] },
    });
    expect((await get(app, '/who', foreign(claims))).status).toBe(401);
  });

  it('may say more about the principal, once per token', async () => {
    let calls = 0;
    const app = await start([], {
      claims: {
        toPrincipal: (claims, principal) => {
          calls += 1;
          return { ...principal, roles: [claims['role']] } as Principal;
        },
      },
    });
    const token = mint('ada', { claims: { role: 'admin' } });
    for (let request = 0; request < 3; request += 1) {
      expect(JSON.parse((await get(app, '/who', token)).body)).toMatchObject({ roles: ['admin'] });
    }
    expect(calls).toBe(1);
  });
});
