import { claimsText, headerText, NOW, writeToken } from '../../../test/verification/token.draft.js';
import { signers, type TokenSigner } from '../../../test/verification/token.signers.js';
import { countedVerifier } from '../../../test/verification/counted.verifier.js';
import { FOREIGN_SECRET, OLD_SECRET, SECRET } from '../../../test/support/token.minter.js';
import { KeysUnavailableError, type KeySet } from './key.set.js';
import { SharedSecretKeys } from './shared-secret.keys.js';
import type { VerificationKey } from './verification.key.js';

const [hs256, es256] = signers as [TokenSigner, TokenSigner];

const withClaims = (changes: Record<string, unknown>, signer = hs256) =>
  writeToken(signer, { claims: () => claimsText(changes) });

describe('TokenVerifier decides', () => {
  it('on the form before it asks for a key', async () => {
    const { codeOf, count } = countedVerifier(hs256);
    expect(await codeOf(`${writeToken(hs256)}=`)).toBe('malformed_token');
    expect(await codeOf('x'.repeat(100_000))).toBe('oversized_token');
    expect(count).toEqual({ found: 0, verified: 0 });
  });

  it('on the length before it computes as much as a digest', async () => {
    const { codeOf, verifier } = countedVerifier(hs256);
    const digestOf = jest.spyOn(verifier['cache'], 'digestOf');
    expect(await codeOf('.'.repeat(8193))).toBe('oversized_token');
    expect(digestOf).not.toHaveBeenCalled();
    expect(await codeOf('.'.repeat(8192))).toBe('malformed_token');
    expect(digestOf).toHaveBeenCalledTimes(1);
  });

  it('on the algorithm before it computes a signature', async () => {
    const { codeOf, count } = countedVerifier(hs256);
    const header = (signer: TokenSigner) => headerText(signer, { alg: 'none' });
    expect(await codeOf(writeToken(hs256, { header }))).toBe('unsupported_algorithm');
    expect(count).toEqual({ found: 1, verified: 0 });
  });

  it('on the signature before it looks at any claim', async () => {
    const { codeOf } = countedVerifier(hs256);
    const forged = { claims: () => '{}', signature: () => Buffer.alloc(32) };
    expect(await codeOf(writeToken(hs256, forged))).toBe('bad_signature');
  });

  it('at once, where the key is there', () => {
    expect(countedVerifier(hs256).verifier.verify(writeToken(hs256))).not.toBeInstanceOf(Promise);
  });

  it('later, where the key has to be fetched', async () => {
    const keys: KeySet = { find: async (kid) => es256.keys.find(kid) };
    const { verifier, codeOf } = countedVerifier({ keys });
    expect(verifier.verify(writeToken(es256))).toBeInstanceOf(Promise);
    expect(await codeOf(writeToken(es256))).toBe('accepted');
    expect(await codeOf(writeToken(hs256))).toBe('unknown_key');
  });

  it('by the time at which the key was there', async () => {
    const keys: KeySet = { find: async (kid) => es256.keys.find(kid) };
    const { codeOf, clock } = countedVerifier({ keys });
    const pending = codeOf(writeToken(es256));
    clock.seconds += 905;
    expect(await pending).toBe('expired');
  });

  it('nothing where keys cannot be had: an outage is no refusal', async () => {
    const unavailable = new KeysUnavailableError('out');
    expect(unavailable.name).toBe('KeysUnavailableError');
    const throwing: KeySet = {
      find: () => {
        throw unavailable;
      },
    };
    const rejecting: KeySet = { find: () => Promise.reject(unavailable) };
    expect(() => countedVerifier({ keys: throwing }).verifier.verify(writeToken(hs256))).toThrow(
      unavailable,
    );
    await expect(countedVerifier({ keys: rejecting }).codeOf(writeToken(hs256))).rejects.toBe(
      unavailable,
    );
  });
});

describe('a token that was verified once', () => {
  it.each(signers)('is not verified by its key again ($algorithm)', async (signer) => {
    const { verifier, count } = countedVerifier(signer);
    const token = writeToken(signer);
    const first = await verifier.verify(token);
    const second = await verifier.verify(token);
    expect(second).toEqual(first);
    expect(second.ok && first.ok && second.value.claims).toBe(first.ok && first.value.claims);
    expect(second.ok && first.ok && second.value.principal).toBe(first.ok && first.value.principal);
    expect(count).toEqual({ found: 2, verified: 1 });
  });

  it('expires all the same, by the second (FR-017)', async () => {
    const { codeOf, clock, count } = countedVerifier(hs256);
    const token = writeToken(hs256);
    expect(await codeOf(token)).toBe('accepted');
    clock.seconds = NOW + 904;
    expect(await codeOf(token)).toBe('accepted');
    expect(count.verified).toBe(1);
    clock.seconds = NOW + 905;
    expect(await codeOf(token)).toBe('expired');
    expect(count.verified).toBe(1);
  });

  it('is forgotten when it has expired', async () => {
    const { codeOf, clock, count } = countedVerifier(hs256);
    const token = writeToken(hs256);
    await codeOf(token);
    clock.seconds = NOW + 905;
    await codeOf(token);
    clock.seconds = NOW;
    expect(await codeOf(token)).toBe('accepted');
    expect(count.verified).toBe(2);
  });

  it('is refused again when the clock goes back before its nbf or its iat', async () => {
    const { codeOf, clock } = countedVerifier(hs256);
    const [early, ahead] = [withClaims({ nbf: NOW }), withClaims({ jti: 'ahead' })];
    expect(await codeOf(early)).toBe('accepted');
    expect(await codeOf(ahead)).toBe('accepted');
    clock.seconds = NOW - 6;
    expect(await codeOf(early)).toBe('not_yet_valid');
    clock.seconds = NOW - 61;
    expect(await codeOf(ahead)).toBe('issued_in_future');
  });

  it('is remembered by its whole text and not by a part of it', async () => {
    const { codeOf, count } = countedVerifier(hs256);
    const token = writeToken(hs256);
    expect(await codeOf(token)).toBe('accepted');
    const [input, other] = [token.slice(0, token.lastIndexOf('.')), withClaims({ jti: 'other' })];
    expect(await codeOf(input + other.slice(other.lastIndexOf('.')))).toBe('bad_signature');
    expect(await codeOf(other)).toBe('accepted');
    expect(count.verified).toBe(3);
  });

  it('is verified again when it was forgotten for others', async () => {
    const { codeOf, count } = countedVerifier(hs256, 2);
    const tokens = ['a', 'b', 'c', 'd', 'a'].map((jti) => withClaims({ jti }));
    for (const token of tokens) expect(await codeOf(token)).toBe('accepted');
    expect(count.verified).toBe(5);
  });

  it('is verified each time where none is to be remembered', async () => {
    const { codeOf, count } = countedVerifier(hs256, 0);
    const token = writeToken(hs256);
    expect([await codeOf(token), await codeOf(token)]).toEqual(['accepted', 'accepted']);
    // Nor does one token stand for another.
    expect(await codeOf(withClaims({ exp: NOW - 5 }))).toBe('expired');
    expect(count.verified).toBe(3);
  });

  it('cannot be changed by the request that it came with', async () => {
    const token = withClaims({ roles: ['reader'], act: { deep: [{ er: 1 }, null] } });
    const { verifier } = countedVerifier(hs256);
    const verdict = await verifier.verify(token);
    if (!verdict.ok) throw new Error('the token is good');
    const { claims, principal } = verdict.value;
    const { roles, act } = claims as unknown as { roles: string[]; act: { deep: object[] } };
    for (const object of [verdict.value, claims, principal, roles, act, act.deep, act.deep[0]]) {
      expect(Object.isFrozen(object)).toBe(true);
    }
    expect(() => Object.assign(verdict.value, { principal: { userId: 'eve' } })).toThrow(TypeError);
    expect(() => Object.assign(principal, { userId: 'eve' })).toThrow(TypeError);
    expect(() => roles.push('admin')).toThrow(TypeError);
    // The verdict itself is the request's own.
    Object.assign(verdict, { value: undefined });
    expect(await verifier.verify(token)).toMatchObject({ ok: true, value: { claims, principal } });
  });
});

describe('a token that was refused once', () => {
  it('is verified again each time', async () => {
    const { codeOf, count } = countedVerifier(hs256);
    const forged = writeToken(hs256, { signature: () => Buffer.alloc(32) });
    expect(await codeOf(forged)).toBe('bad_signature');
    expect(await codeOf(forged)).toBe('bad_signature');
    expect(count.verified).toBe(2);
  });

  it('for its time is accepted when its time has come', async () => {
    const { codeOf, clock } = countedVerifier(hs256);
    const token = withClaims({ nbf: NOW + 60 });
    expect(await codeOf(token)).toBe('not_yet_valid');
    clock.seconds = NOW + 55;
    expect(await codeOf(token)).toBe('accepted');
  });

  it('for an unknown key is accepted when the key is there (FR-016)', async () => {
    const keys = new SharedSecretKeys(FOREIGN_SECRET, []);
    const { codeOf } = countedVerifier({ keys });
    expect(await codeOf(writeToken(hs256))).toBe('unknown_key');
    keys.replace(FOREIGN_SECRET, [SECRET]);
    expect(await codeOf(writeToken(hs256))).toBe('accepted');
  });
});

describe('a key that is withdrawn', () => {
  it('takes with it all that it verified (FR-016)', async () => {
    const keys = new SharedSecretKeys(FOREIGN_SECRET, [SECRET]);
    const { codeOf, count } = countedVerifier({ keys });
    const token = writeToken(hs256);
    expect(await codeOf(token)).toBe('accepted');
    keys.replace(FOREIGN_SECRET, []);
    expect(await codeOf(token)).toBe('unknown_key');
    keys.replace(FOREIGN_SECRET, [SECRET]);
    expect(await codeOf(token)).toBe('accepted');
    expect(count.verified).toBe(2);
  });

  it('has verified nothing when it comes back', async () => {
    let answer = hs256.keys.find(hs256.kid);
    const { codeOf, count } = countedVerifier({ keys: { find: () => answer } });
    const [key, token] = [answer, writeToken(hs256)];
    expect(await codeOf(token)).toBe('accepted');
    answer = undefined;
    expect(await codeOf(token)).toBe('unknown_key');
    answer = key;
    expect(await codeOf(token)).toBe('accepted');
    expect(count.verified).toBe(2);
  });

  it('leaves what another key verified, which is not verified again', async () => {
    const keys = new SharedSecretKeys(SECRET, [OLD_SECRET]);
    const { codeOf, count } = countedVerifier({ keys });
    expect(await codeOf(writeToken(hs256))).toBe('accepted');
    keys.replace(FOREIGN_SECRET, [SECRET]);
    expect(await codeOf(writeToken(hs256))).toBe('accepted');
    expect(count.verified).toBe(1);
  });

  it('takes tokens without kid with it, whose key is the one that signs', async () => {
    const keys = new SharedSecretKeys(SECRET, []);
    const { codeOf } = countedVerifier({ keys });
    const header = (signer: TokenSigner) => headerText(signer, { kid: undefined });
    const token = writeToken(hs256, { header });
    expect(await codeOf(token)).toBe('accepted');
    keys.replace(FOREIGN_SECRET, [SECRET]);
    expect(await codeOf(token)).toBe('bad_signature');
  });

  it('counts while it is fetched again, and no longer', async () => {
    let answer: VerificationKey | undefined | Promise<VerificationKey | undefined>;
    const { codeOf, count, verifier } = countedVerifier({ keys: { find: () => answer } });
    answer = es256.keys.find(es256.kid);
    const token = writeToken(es256);
    expect(await codeOf(token)).toBe('accepted');
    answer = Promise.resolve(es256.keys.find(es256.kid));
    expect(verifier.verify(token)).toBeInstanceOf(Promise);
    expect(await codeOf(token)).toBe('accepted');
    answer = Promise.resolve(undefined);
    expect(await codeOf(token)).toBe('unknown_key');
    expect(count.verified).toBe(3);
  });
});

describe('the header of an accepted token', () => {
  it('vouches for no other part of the next one', async () => {
    const { codeOf } = countedVerifier(hs256);
    expect(await codeOf(writeToken(hs256))).toBe('accepted');
    expect(await codeOf(withClaims({ exp: NOW - 5 }))).toBe('expired');
    const forged = writeToken(hs256, { signature: () => Buffer.alloc(32) });
    expect(await codeOf(forged)).toBe('bad_signature');
  });

  it('is remembered, up to a hundred of them', async () => {
    const { verifier, codeOf } = countedVerifier(hs256);
    for (let number = 0; number < 150; number += 1) {
      const header = (signer: TokenSigner) => headerText(signer, { number });
      expect(await codeOf(writeToken(hs256, { header }))).toBe('accepted');
    }
    expect(verifier['headers'].size).toBe(100);
  });

  it('is not remembered of a token that was refused', async () => {
    const { verifier, codeOf } = countedVerifier(hs256);
    expect(await codeOf(withClaims({ exp: NOW - 5 }))).toBe('expired');
    expect(await codeOf(writeToken(hs256, { signature: () => Buffer.alloc(32) }))).toBe(
      'bad_signature',
    );
    expect(verifier['headers'].size).toBe(0);
  });
});

it('the principal of verified claims is frozen', async () => {
  const { verifier } = countedVerifier(hs256);
  const verdict = await verifier.verify(writeToken(hs256));
  if (!verdict.ok) throw new Error('the token is good');
  const principal = verifier.principalOf(verdict.value.claims);
  expect(principal).toEqual(verdict.value.principal);
  expect(Object.isFrozen(principal)).toBe(true);
});
