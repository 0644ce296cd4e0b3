import { claimsText, writeToken } from './token.draft.js';
import { signers, signWith, type TokenSigner } from './token.signers.js';
import { verifierOf } from './token.verifiers.js';

/** The order of P-256 (SEC 2, 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** (r, n − s) in place of (r, s), which anybody can compute without the private key. */
function twinOf(signature: Buffer): Buffer {
  const s = BigInt(`0x${signature.toString('hex', 32)}`);
  const other = (ORDER - s).toString(16).padStart(64, '0');
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(other, 'hex')]);
}

const signedByTwin = ({ algorithm, privateKey }: TokenSigner, input: string): Buffer =>
  twinOf(signWith(algorithm, privateKey, input));

// ECDSA itself knows two signatures for each message and key, so an ES256 token has two spellings.
// The second says nothing that the first does not: it can neither be had without the first, nor
// change a claim, nor outlive it. Revocation goes by the session and not by the text of a token.
describe('the second signature that each ECDSA signature brings with it', () => {
  const signer = signers.find(({ algorithm }) => algorithm === 'ES256');
  if (signer === undefined) throw new Error('no signer for ES256');

  it('says the same claims, and is remembered by itself', async () => {
    const verifier = verifierOf(signer.keys, 10);
    const [issued, twin] = [writeToken(signer), writeToken(signer, { signature: signedByTwin })];
    expect(twin).not.toBe(issued);
    const [first, second] = [await verifier.verify(issued), await verifier.verify(twin)];
    expect(first.ok && second.ok && second.value.claims).toEqual(first.ok && first.value.claims);
    expect(first.ok && second.ok && second.value).not.toBe(first.ok && first.value);
  });

  it('is refused for any other claims', async () => {
    const twin = writeToken(signer, { signature: signedByTwin });
    const other = writeToken(signer, { claims: () => claimsText({ jti: 'token-2' }) });
    const forged = other.slice(0, other.lastIndexOf('.')) + twin.slice(twin.lastIndexOf('.'));
    expect(await verifierOf(signer.keys).verify(forged)).toEqual({
      ok: false,
      code: 'bad_signature',
    });
  });
});
