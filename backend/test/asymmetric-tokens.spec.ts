import { createHmac } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { KeysUnavailableError } from '../src/auth/verification/key.set.js';
import { TokenVerifier } from '../src/auth/verification/token.verifier.js';
import { useRemoteKeys } from './support/remote-keys.fixture.js';
import {
  answers,
  IssuerKey,
  ISSUER_ALGORITHMS,
  type IssuerAlgorithm,
} from './support/test-issuer.js';
import { NO_REVOCATION } from '../src/auth/revocation/revocation.js';
import { AUDIENCE, base64url, claimsFor, ISSUER } from './support/token.minter.js';

const the = useRemoteKeys();

let verifier: TokenVerifier;
beforeEach(() => {
  verifier = new TokenVerifier(the.keys, {
    rules: {
      issuer: ISSUER,
      audience: AUDIENCE,
      clockToleranceSeconds: 5,
      maxLifeSeconds: 86_400,
      requiredTexts: ['user_id', 'email', 'jti', 'sid'],
      optionalTexts: [],
      sameAsSubject: 'user_id',
    },
    revocation: NO_REVOCATION,
    toSessionId: ({ sid }) => sid,
    toPrincipal: ({ sub, email, sid, jti, iat, exp }) => {
      return { userId: sub, email, sessionId: sid, tokenId: jti, issuedAt: iat, expiresAt: exp };
    },
    cacheSize: 10_000,
    now: Date.now,
  });
});

/** The user of an accepted token, or the code of the refusal. */
async function judge(token: string): Promise<string> {
  const verdict = await verifier.verify(token);
  return verdict.ok ? verdict.value.principal.userId : verdict.code;
}

// Made once: RSA keys take their time.
const makeKeys = () =>
  new Map(ISSUER_ALGORITHMS.map((each) => [each, new IssuerKey(each, 'its key')]));
const own = makeKeys();
const foreign = makeKeys();
function keyOf(keys: typeof own, algorithm: IssuerAlgorithm): IssuerKey {
  const key = keys.get(algorithm);
  if (key === undefined) throw new Error(`no key for ${algorithm}`);
  return key;
}

describe.each(ISSUER_ALGORITHMS)('a token signed by %s (FR-011, FR-016)', (algorithm) => {
  const key = keyOf(own, algorithm);
  beforeEach(() => {
    the.issuer.published.push(key.jwk);
  });

  it('is accepted, on first sight and from memory', async () => {
    const token = key.mint('ada');
    expect(await judge(token)).toBe('ada');
    expect(verifier.verify(token)).toMatchObject({ ok: true });
  });

  it('is refused when another key of the same kind signed it', async () => {
    expect(await judge(keyOf(foreign, algorithm).mint('ada'))).toBe('bad_signature');
  });

  it.each(ISSUER_ALGORITHMS.filter((other) => other !== algorithm))(
    'is refused when %s signed it, whatever its header says',
    async (other) => {
      const signer = keyOf(foreign, other);
      expect(await judge(signer.mint('ada'))).toBe('unsupported_algorithm');
      expect(await judge(signer.mint('ada', { header: { alg: algorithm } }))).toBe('bad_signature');
    },
  );

  it.each(['HS256', 'none', 'RS512', 'ES384', algorithm.toLowerCase()])(
    'is refused when its header says %s',
    async (alg) => {
      expect(await judge(key.mint('ada', { header: { alg } }))).toBe('unsupported_algorithm');
    },
  );

  it('is refused when the public key served as an HMAC secret', async () => {
    const pem = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const secrets = [
      pem,
      pem.trim(),
      key.publicKey.export({ format: 'der', type: 'spki' }),
      Buffer.from(String(key.jwk['x'] ?? key.jwk['n']), 'base64url'),
      JSON.stringify(key.jwk),
    ];
    for (const alg of ['HS256', algorithm]) {
      const header = base64url({ alg, kid: key.kid, typ: 'JWT' });
      const input = `${header}.${base64url(claimsFor('ada'))}`;
      for (const secret of secrets) {
        const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
        expect(await judge(token)).toBe(
          alg === 'HS256' ? 'unsupported_algorithm' : 'bad_signature',
        );
      }
    }
  });

  it('is refused without kid, also when there is but one key', async () => {
    expect(await judge(key.mint('ada', { header: { kid: undefined } }))).toBe('unknown_key');
  });
});

describe('a key of one RSA algorithm', () => {
  it('does not verify the other one, though the key would fit', async () => {
    const rs = the.issuer.publish('RS256', 'rs');
    const ps = the.issuer.publish('PS256', 'ps');
    // The same keys, published for the other algorithm.
    the.issuer.published = [
      { ...rs.jwk, alg: 'PS256' },
      { ...ps.jwk, alg: 'RS256' },
    ];
    expect(await judge(rs.mint('ada'))).toBe('unsupported_algorithm');
    expect(await judge(ps.mint('ada'))).toBe('unsupported_algorithm');
    expect(await judge(rs.mint('ada', { header: { alg: 'PS256' } }))).toBe('bad_signature');
    expect(await judge(ps.mint('ada', { header: { alg: 'RS256' } }))).toBe('bad_signature');
  });
});

describe('a token whose key', () => {
  it('nobody knows is refused, and a thousand of them cost one fetch', async () => {
    const stranger = new IssuerKey('ES256', 'strange');
    const tokens = Array.from({ length: 1000 }, (_, index) =>
      stranger.mint('eve', { header: { kid: `strange ${index}` } }),
    );
    expect(new Set(await Promise.all(tokens.map(judge)))).toEqual(new Set(['unknown_key']));
    expect(the.issuer.requests).toHaveLength(1);
  });

  it('was withdrawn is refused within the cache age, though it was verified before', async () => {
    const key = the.issuer.publish('ES256', 'a');
    const token = key.mint('ada');
    expect(await judge(token)).toBe('ada');
    the.issuer.withdraw(key);
    expect(await the.refresh()).toBeLessThan(300_000);
    expect(await judge(token)).toBe('unknown_key');
  });

  it('was replaced by another one of its name is refused, though it was verified before', async () => {
    const key = the.issuer.publish('ES256', 'a');
    const token = key.mint('ada');
    expect(await judge(token)).toBe('ada');
    the.issuer.withdraw(key);
    the.issuer.publish('ES256', 'a');
    await the.refresh();
    expect(await judge(token)).toBe('bad_signature');
  });

  it('stays the same is not verified again after a refresh', async () => {
    const token = the.issuer.publish('ES256', 'a').mint('ada');
    const before = await verifier.verify(token);
    await the.refresh();
    const after = await verifier.verify(token);
    if (!before.ok || !after.ok) throw new Error('refused');
    expect(after.value).toBe(before.value);
  });

  it('cannot be had is neither accepted nor refused', async () => {
    the.issuer.answer = answers.status(500);
    const key = the.issuer.publish('ES256', 'a');
    await expect(judge(key.mint('ada'))).rejects.toThrow(KeysUnavailableError);
  });
});

describe('ten rotations under load', () => {
  it('cost no valid token its acceptance, and each retired key its own (SC-003)', async () => {
    let signing = the.issuer.publish('ES256', 'key 0');
    await the.known(signing);
    const stop = new AbortController();
    let accepted = 0;
    const refused: string[] = [];
    const load = async () => {
      const stranger = new IssuerKey('ES256', 'strange').mint('eve');
      for (let old = signing.mint('ada'); !stop.signal.aborted; old = signing.mint('ada')) {
        for (const token of [old, signing.mint('bob'), old]) {
          const outcome = await judge(token);
          if (outcome === 'ada' || outcome === 'bob') accepted += 1;
          else refused.push(outcome);
        }
        if ((await judge(stranger)) !== 'unknown_key') refused.push('a stranger was accepted');
        await setImmediate();
      }
    };
    const loads = [load(), load(), load(), load()];
    for (let round = 1; round <= 10; round += 1) {
      const algorithm = ISSUER_ALGORITHMS[round % ISSUER_ALGORITHMS.length] ?? 'ES256';
      const [retiring, coming] = [signing, the.issuer.publish(algorithm, `key ${round}`)];
      await the.refresh();
      signing = coming;
      // Once everybody has turned to the new key, the old one may go.
      for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      the.issuer.withdraw(retiring);
      await the.refresh();
      expect(await judge(retiring.mint('ada'))).toBe('unknown_key');
    }
    stop.abort();
    await Promise.all(loads);
    expect(refused).toEqual([]);
    expect(accepted).toBeGreaterThan(500);
  });
});
