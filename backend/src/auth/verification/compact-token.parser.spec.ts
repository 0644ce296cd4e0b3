import { MAX_TOKEN_BYTES, parseCompactToken } from './compact-token.parser.js';

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = segment({ alg: 'HS256', kid: 'k', typ: 'JWT' });
const CLAIMS = segment({ sub: 'ada' });
const TOKEN = `${HEADER}.${CLAIMS}.AQID`;

const refusal = (code: string, claim?: string) =>
  claim === undefined ? { ok: false, code } : { ok: false, code, claim };

describe('parseCompactToken', () => {
  it('takes a token apart and believes nothing of it', () => {
    expect(parseCompactToken(TOKEN)).toEqual({
      ok: true,
      value: {
        headerSegment: HEADER,
        header: { alg: 'HS256', kid: 'k' },
        claims: { sub: 'ada' },
        signingInput: `${HEADER}.${CLAIMS}`,
        signature: Buffer.of(1, 2, 3),
      },
    });
  });

  it('leaves alg and kid to whoever knows the keys', () => {
    const verdict = parseCompactToken(`${segment({ alg: ['none'] })}.${CLAIMS}.AQID`);
    expect(verdict.ok && verdict.value.header).toEqual({ alg: ['none'], kid: undefined });
  });

  it.each(
    [
      ['', 'a', '.', '..', '...', HEADER, `${HEADER}.${CLAIMS}`, `${TOKEN}.`, `${TOKEN}.e30`],
      [`.${TOKEN}`, `${HEADER}..AQID`, `.${CLAIMS}.AQID`, `${HEADER}.${CLAIMS}.`, ` ${TOKEN}`],
      [`${TOKEN} `, `${TOKEN}=`, `${TOKEN}A`, `${HEADER}.${CLAIMS}.AR`, `${HEADER}.${CLAIMS}.A/+_`],
      [`${HEADER}.W10.AQID`, `${HEADER}.bnVsbA.AQID`, `W10.${CLAIMS}.AQID`, `e30x.${CLAIMS}.AQID`],
    ].flat(),
  )('refuses %j for its form', (token) => {
    expect(parseCompactToken(token)).toEqual(refusal('malformed_token'));
  });

  it('does not take one segment for three, though its slices were good ones', () => {
    // Both `e30` and `e30A` are canonical, and the first is {}.
    for (const token of ['e30A', '.e30A', 'e30.e30A']) {
      expect(parseCompactToken(token)).toEqual(refusal('malformed_token'));
    }
  });

  it('takes 8 kB and refuses a letter more before it looks at any', () => {
    const short = `${TOKEN.slice(0, -4)}${'A'.repeat(MAX_TOKEN_BYTES - TOKEN.length + 4)}`;
    expect(MAX_TOKEN_BYTES).toBe(8192);
    expect(parseCompactToken('.'.repeat(8192))).toEqual(refusal('malformed_token'));
    expect(parseCompactToken('.'.repeat(8193))).toEqual(refusal('oversized_token'));
    expect(short).toHaveLength(8192);
    expect(parseCompactToken(`${short}AAAA`)).toEqual(refusal('oversized_token'));
  });

  it.each(['crit', 'b64', 'zip', 'cty', 'jku', 'jwk', 'x5u', 'x5c'])(
    'refuses a header with %s, whatever its value',
    (member) => {
      for (const value of [null, '', ['exp']]) {
        const header = segment({ alg: 'HS256', [member]: value });
        expect(parseCompactToken(`${header}.${CLAIMS}.AQID`)).toEqual(
          refusal('unsupported_header', member),
        );
      }
    },
  );

  it('takes typ JWT, at+jwt or none, and no other', () => {
    const parse = (typ: unknown) => parseCompactToken(`${segment({ typ })}.${CLAIMS}.AQID`);
    for (const typ of ['JWT', 'at+jwt', undefined]) expect(parse(typ).ok).toBe(true);
    for (const typ of ['', 'jwt', null, 1]) {
      expect(parse(typ)).toEqual(refusal('unsupported_header', 'typ'));
    }
  });

  it('takes text or nothing for kid', () => {
    const parse = (kid: unknown) => parseCompactToken(`${segment({ kid })}.${CLAIMS}.AQID`);
    for (const kid of ['', 'k', undefined]) expect(parse(kid).ok).toBe(true);
    for (const kid of [null, 0, ['k'], {}]) {
      expect(parse(kid)).toEqual(refusal('unsupported_header', 'kid'));
    }
  });

  it('does not parse again a header that it is told of', () => {
    const known = { alg: 'ES256', kid: 'other' };
    const verdict = parseCompactToken(TOKEN, new Map([[HEADER, known]]));
    expect(verdict.ok && verdict.value.header).toBe(known);
    const unknown = parseCompactToken(TOKEN, new Map([[CLAIMS, known]]));
    expect(unknown.ok && unknown.value.header).toEqual({ alg: 'HS256', kid: 'k' });
  });
});
