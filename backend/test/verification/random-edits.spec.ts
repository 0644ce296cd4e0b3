import fc from 'fast-check';
import { acceptedCases } from './accepted.cases.js';
import { edited, tokenEdits } from './token.edits.js';
import { writeToken } from './token.draft.js';
import { signers } from './token.signers.js';
import { verifierOf } from './token.verifiers.js';

const SEED = Number(process.env['EDIT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
console.log(`random edits: to repeat them, set EDIT_SEED=${SEED}`);

/** A signature by HMAC costs a hundredth of the others, and the code before it is the same. */
const EDITS = { HS256: 90_000, ES256: 3_000, RS256: 3_000, PS256: 3_000, EdDSA: 3_000 };

/** Ten seconds where nothing else runs; what takes longer is the machine. */
const PATIENCE = 120_000;

describe.each(signers)('$algorithm: a valid token that was edited', (signer) => {
  it(
    'is refused, whatever the edits',
    () => {
      const originals = acceptedCases.slice(0, 20).map(({ draft }) => writeToken(signer, draft));
      const verifier = verifierOf(signer.keys, originals.length);
      // All of them are remembered, so that an edit might also find the wrong one.
      for (const token of originals) expect(verifier.verify(token)).toMatchObject({ ok: true });
      let refused = 0;
      fc.assert(
        fc.property(fc.constantFrom(...originals), tokenEdits, (original, edits) => {
          const token = edited(original, edits);
          fc.pre(!originals.includes(token));
          const verdict = verifier.verify(token);
          if ('then' in verdict || verdict.ok) return false;
          refused += 1;
          return true;
        }),
        { numRuns: EDITS[signer.algorithm], seed: SEED },
      );
      expect(refused).toBe(EDITS[signer.algorithm]);
    },
    PATIENCE,
  );
});

it('makes 100 000 edits and more in all', () => {
  const sum = Object.values(EDITS).reduce((total, edits) => total + edits);
  expect(sum).toBeGreaterThanOrEqual(100_000);
});
