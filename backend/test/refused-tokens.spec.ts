import { createSign, generateKeyPairSync } from 'node:crypto';
import { listen, sendRaw } from './support/raw.request.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import {
  base64url,
  bearer,
  claimsFor,
  FOREIGN_SECRET,
  mint,
  nowSeconds,
  OLD_SECRET,
  sign,
  SECRET,
} from './support/token.minter.js';

let testApp: TestApp;
let port: number;

beforeAll(async () => {
  testApp = await startTestApp({ JWT_ACCEPTED_SECRETS: OLD_SECRET });
  await testApp.addUser('ada');
  port = await listen(testApp.app);
});
afterAll(() => testApp.close());

const lastRefusal = () => testApp.logs.findLast((line) => line['event'] === 'token_refused');

describe('a good token is accepted (SC-003)', () => {
  const good: [string, () => string][] = [
    ['as the frontend signs it', () => mint('ada')],
    ['with typ at+jwt', () => mint('ada', { header: { typ: 'at+jwt' } })],
    ['without typ', () => mint('ada', { header: { typ: undefined } })],
    ['without kid, by the signing secret', () => mint('ada', { header: { kid: undefined } })],
    ['signed by an accepted older secret (FR-016)', () => mint('ada', { secret: OLD_SECRET })],
    [
      'with our audience among others',
      () => mint('ada', { claims: { aud: ['x', 'http://localhost:3001'] } }),
    ],
    ['with claims that we do not know', () => mint('ada', { claims: { scope: 'all' } })],
    ['with an nbf in the past', () => mint('ada', { claims: { nbf: nowSeconds() - 60 } })],
    [
      'expired within the clock tolerance (FR-017)',
      () => mint('ada', { claims: { exp: nowSeconds() - 2 } }),
    ],
  ];
  it.each(good)('%s', async (_name, token) => {
    const answer = await testApp.request(null, 'GET', '/api/users/ada', {
      headers: bearer(token()),
    });
    expect(answer.status).toBe(200);
    expect(answer.body['userId']).toBe('ada');
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'whatever the case of the scheme: %s',
    async (scheme) => {
      const headers = { authorization: `${scheme} ${mint('ada')}` };
      expect((await testApp.request(null, 'GET', '/api/users/ada', { headers })).status).toBe(200);
    },
  );
});

describe('a bad token is refused with 401 and invalid_token, and the log says why (SC-004, FR-020, FR-027)', () => {
  const withClaim = (claims: Record<string, unknown>) => () => mint('ada', { claims });
  const withHeader = (header: Record<string, unknown>) => () => mint('ada', { header });
  const required = ['iss', 'aud', 'sub', 'user_id', 'email', 'iat', 'exp', 'jti', 'sid'];
  const bad: [string, string, () => string][] = [
    ['no token at all, just words', 'malformed_token', () => 'garbage'],
    ['two parts', 'malformed_token', () => mint('ada').split('.').slice(0, 2).join('.')],
    ['five parts (JWE)', 'malformed_token', () => `${mint('ada')}.a.b`],
    ['an empty signature', 'malformed_token', () => mint('ada').replace(/[^.]+$/, '')],
    ['padding', 'malformed_token', () => `${mint('ada')}=`],
    ['a header that is no JSON', 'malformed_token', () => sign(`${base64url('{"alg"')}.e30`)],
    ['a header that is an array', 'malformed_token', () => sign(`${base64url([])}.e30`)],
    ['claims that are an array', 'malformed_token', () => signClaims([claimsFor('ada')])],
    ['claims that are text', 'malformed_token', () => signClaims('"ada"')],
    ['claims that are null', 'malformed_token', () => signClaims('null')],
    ['an altered claim', 'bad_signature', () => alterClaims(mint('ada'))],
    ['an altered signature', 'bad_signature', () => alterSignature(mint('ada'))],
    ['the secret of somebody else, under our kid', 'bad_signature', () => forge()],
    [
      'the secret of somebody else, without kid',
      'bad_signature',
      () => mint('ada', { secret: FOREIGN_SECRET, header: { kid: undefined } }),
    ],
    [
      'an accepted older secret, without kid',
      'bad_signature',
      () => mint('ada', { secret: OLD_SECRET, header: { kid: undefined } }),
    ],
    ['a kid that we do not know', 'unknown_key', withHeader({ kid: 'nobody-s' })],
    ['a kid that is no string', 'unsupported_header', withHeader({ kid: 7 })],
    [
      'alg none without signature',
      'malformed_token',
      () => `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claimsFor('ada'))}.`,
    ],
    ['alg none with a signature', 'unsupported_algorithm', withHeader({ alg: 'none' })],
    ['alg hs256 in lower case', 'unsupported_algorithm', withHeader({ alg: 'hs256' })],
    [
      'HS384 by our own secret',
      'unsupported_algorithm',
      () => mint('ada', { header: { alg: 'HS384' }, hash: 'sha384' }),
    ],
    [
      'HS512 by our own secret',
      'unsupported_algorithm',
      () => mint('ada', { header: { alg: 'HS512' }, hash: 'sha512' }),
    ],
    ['RS256 by a key of its own', 'unsupported_algorithm', () => signRs256()],
    ['no alg', 'unsupported_algorithm', withHeader({ alg: undefined })],
    ['typ of another kind of token', 'unsupported_header', withHeader({ typ: 'logout+jwt' })],
    ...['crit', 'b64', 'zip', 'cty', 'jku', 'jwk', 'x5u', 'x5c'].map(
      (member): [string, string, () => string] => [
        `header member ${member}`,
        'unsupported_header',
        withHeader({ [member]: ['exp'] }),
      ],
    ),
    ...required.map((claim): [string, string, () => string] => [
      `no ${claim}`,
      'missing_claim',
      withClaim({ [claim]: undefined }),
    ]),
    ...required.map((claim): [string, string, () => string] => [
      `${claim} null`,
      'invalid_claim',
      withClaim({ [claim]: null }),
    ]),
    ...['iss', 'sub', 'user_id', 'email', 'jti', 'sid', 'aud'].map(
      (claim): [string, string, () => string] => [
        `${claim} a number`,
        'invalid_claim',
        withClaim({ [claim]: 1 }),
      ],
    ),
    ...['iat', 'exp', 'nbf'].map((claim): [string, string, () => string] => [
      `${claim} in text`,
      'invalid_claim',
      withClaim({ [claim]: String(nowSeconds() + 60) }),
    ]),
    ['user_id empty', 'invalid_claim', withClaim({ sub: '', user_id: '' })],
    [
      'aud with something else than text in it',
      'invalid_claim',
      withClaim({ aud: ['http://localhost:3001', 1] }),
    ],
    ['sub another than user_id', 'invalid_claim', withClaim({ sub: 'bob' })],
    ['another issuer', 'wrong_issuer', withClaim({ iss: 'http://localhost:3000/' })],
    ['another audience', 'wrong_audience', withClaim({ aud: 'http://localhost:3002' })],
    ['an empty list of audiences', 'wrong_audience', withClaim({ aud: [] })],
    ['an exp in the past (FR-017)', 'expired', withClaim({ exp: nowSeconds() - 6 })],
    ['an exp of 0', 'expired', withClaim({ exp: 0 })],
    ['an nbf in the future (FR-017)', 'not_yet_valid', withClaim({ nbf: nowSeconds() + 60 })],
    ['more than 8 kB', 'oversized_token', withClaim({ padding: 'x'.repeat(8_000) })],
  ];

  it.each(bad)('%s → %s', async (_name, code, token) => {
    const answer = await testApp.request(null, 'GET', '/api/users/ada', {
      headers: bearer(token()),
    });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer error="invalid_token", error_description="/,
    );
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    // Which check failed is for the operator only.
    expect(answer.body).toEqual({
      type: 'urn:tessera:problem:invalid_token',
      title: expect.any(String),
      status: 401,
      code: 'invalid_token',
      requestId: answer.headers['x-request-id'],
    });
    expect(lastRefusal()).toMatchObject({
      code,
      requestId: answer.headers['x-request-id'],
      ip: '127.0.0.1',
      userAgent: 'lightMyRequest',
    });
  });

  function signClaims(claims: unknown): string {
    return sign(`${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`);
  }
  function alterClaims(token: string): string {
    const [header, , signature] = token.split('.');
    return `${header}.${base64url(claimsFor('ada', { email: 'eve@example.com' }))}.${signature}`;
  }
  function alterSignature(token: string): string {
    const at = token.lastIndexOf('.') + 3;
    return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  }
  function forge(): string {
    const [header, claims] = mint('ada', { secret: SECRET }).split('.');
    return sign(`${header}.${claims}`, { secret: FOREIGN_SECRET });
  }
  function signRs256(): string {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const input = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claimsFor('ada'))}`;
    return `${input}.${createSign('sha256').update(input).sign(privateKey, 'base64url')}`;
  }
});

describe('a request without credentials gets a challenge without an error code (FR-020, RFC 6750 3.1)', () => {
  const anonymous: [string, Record<string, string>][] = [
    ['no Authorization header', {}],
    ['an empty one', { authorization: '' }],
    ['another scheme', { authorization: 'Basic YWRhOnNlY3JldA==' }],
    ['a token without a scheme', { authorization: mint('ada') }],
  ];
  it.each(anonymous)('%s', async (_name, headers) => {
    const answer = await testApp.request(null, 'GET', '/api/users/ada', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body['code']).toBe('missing_token');
  });
});

describe('a token is looked for in the Authorization header only (FR-015)', () => {
  const token = () => mint('ada');
  it('not in the query', async () => {
    const url = `/api/users/ada?access_token=${token()}&token=${token()}&jwt=${token()}`;
    expect((await testApp.request(null, 'GET', url)).body['code']).toBe('missing_token');
  });
  it('not in a cookie or another header', async () => {
    const headers = {
      cookie: `token=${token()}; access_token=${token()}`,
      'x-access-token': token(),
    };
    const answer = await testApp.request(null, 'GET', '/api/users/ada', { headers });
    expect(answer.body['code']).toBe('missing_token');
  });
  it('not in the body', async () => {
    const body = { title: 'x', access_token: token() };
    const answer = await testApp.request(null, 'POST', '/api/users/ada/tasks', { body });
    expect(answer.body['code']).toBe('missing_token');
  });
  it('and there only once: two headers are refused, also when both are good', async () => {
    const line = `authorization: Bearer ${token()}\r\n`;
    const request = `GET /api/users/ada HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
    expect(await sendRaw(port, `${request}${line}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    const answer = await sendRaw(port, `${request}${line}${line}\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).toMatch(/www-authenticate: Bearer error="invalid_token"/);
    expect(lastRefusal()).toMatchObject({ code: 'ambiguous_token' });
  });
});

it('HEAD is as guarded as GET', async () => {
  expect((await testApp.request(null, 'HEAD', '/api/users/ada')).status).toBe(401);
  expect((await testApp.request('ada', 'HEAD', '/api/users/ada')).status).toBe(200);
});
