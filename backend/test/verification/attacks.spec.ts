import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { claimsText, headerText, toJson, writeToken, type TokenDraft } from './token.draft.js';
import { signers, signWith, type TokenSigner } from './token.signers.js';
import { verifierOf } from './token.verifiers.js';

// Known attacks as they are carried out. Most break several rules at once, which the table does not.

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const byStranger: TokenDraft['signature'] = (_signer, input) =>
  signWith('ES256', stranger.privateKey, input);
const bySecret =
  (secret: (publicKey: KeyObject) => string | Buffer): TokenDraft['signature'] =>
  ({ publicKey }, input) =>
    createHmac('sha256', secret(publicKey)).update(input).digest();
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
const header = (changes: Record<string, unknown>) => (signer: TokenSigner) =>
  headerText(signer, changes);

const eve = { claims: () => claimsText({ sub: 'eve', user_id: 'eve' }) };

const attacks: [string, string, Partial<TokenDraft>][] = [
  [
    'alg none without a signature (CVE-2015-9235)',
    'malformed_token',
    { ...eve, header: () => toJson({ alg: 'none', typ: 'JWT' }), signatureSegment: () => '' },
  ],
  [
    'a public key for the secret of HS256 (CVE-2016-5431)',
    'unsupported_algorithm',
    { ...eve, header: header({ alg: 'HS256' }), signature: bySecret(pem) },
  ],
  [
    'a key that the token brings along (CVE-2018-0114)',
    'unsupported_header',
    {
      ...eve,
      header: header({ alg: 'ES256', jwk: stranger.publicKey.export({ format: 'jwk' }) }),
      signature: byStranger,
    },
  ],
  [
    'a key set of the forger’s own, by jku',
    'unsupported_header',
    {
      ...eve,
      header: header({ alg: 'ES256', kid: 'mine', jku: 'https://evil.example/jwks' }),
      signature: byStranger,
    },
  ],
  [
    'a kid that leads to an empty file, and an empty secret',
    'unknown_key',
    {
      ...eve,
      header: header({ alg: 'HS256', kid: '../../dev/null' }),
      signature: bySecret(() => ''),
    },
  ],
  [
    'a kid that names a member of every object',
    'unknown_key',
    { ...eve, header: header({ kid: '__proto__' }), signature: bySecret(() => '[object Object]') },
  ],
  [
    'an extension that must be understood and is not',
    'unsupported_header',
    { ...eve, header: header({ crit: ['x'], x: 1 }), signature: () => Buffer.alloc(64) },
  ],
];

describe.each(signers.filter(({ algorithm }) => algorithm !== 'HS256'))(
  '$algorithm: known attacks are refused (SC-004)',
  (signer) => {
    it.each(attacks)('%s → %s', async (_name, code, draft) => {
      const verdict = await verifierOf(signer.keys).verify(writeToken(signer, draft));
      expect(verdict).toMatchObject({ ok: false, code });
    });
  },
);
