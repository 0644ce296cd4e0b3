import type { RefusedCase } from '../token.case.js';
import { claimsText, headerText, writeToken, type TokenDraft } from '../token.draft.js';
import type { TokenSigner } from '../token.signers.js';

const oversized = { rule: '8 kB and no more', code: 'oversized_token' } as const;
const LONGEST = 8 * 1024;

/** Good tokens of this very length: blanks after header and claims count as 4/3 letters each. */
function draftOfLength(length: number): Partial<TokenDraft> {
  const header = (signer: TokenSigner) => headerText(signer) + ' '.repeat(blanksFor(signer)[0]);
  let claims = claimsText();
  function blanksFor(signer: TokenSigner): [number, number] {
    const most = Math.ceil(((length - writeToken(signer).length) * 3) / 4);
    for (let inHeader = 0; inHeader < 3; inHeader += 1) {
      for (let inClaims = most; inClaims > most - 6; inClaims -= 1) {
        const header = () => headerText(signer) + ' '.repeat(inHeader);
        const filled = claimsText() + ' '.repeat(inClaims);
        if (writeToken(signer, { header, claims: () => filled }).length === length) {
          claims = filled;
          return [inHeader, inClaims];
        }
      }
    }
    throw new Error(`no token has ${length} letters`);
  }
  // The header is written first, and says how long the claims have to be.
  return { header, claims: () => claims };
}

export const sizeCases: readonly RefusedCase[] = [
  {
    ...oversized,
    name: 'one letter more, good otherwise',
    fault: draftOfLength(LONGEST + 1),
    mended: draftOfLength(LONGEST),
  },
  {
    ...oversized,
    name: 'a claim of 100 kB',
    fault: { claims: () => claimsText({ padding: 'x'.repeat(100_000) }) },
    mended: { claims: () => claimsText({ padding: 'x'.repeat(5_000) }) },
  },
  {
    ...oversized,
    name: 'a header of 100 kB',
    fault: { header: (signer) => headerText(signer, { padding: 'x'.repeat(100_000) }) },
    mended: { header: (signer) => headerText(signer, { padding: 'x'.repeat(5_000) }) },
  },
  { ...oversized, name: 'garbage of 100 kB', fault: { spelling: () => 'x'.repeat(100_000) } },
  { ...oversized, name: '100 000 dots', fault: { spelling: () => '.'.repeat(100_000) } },
];
