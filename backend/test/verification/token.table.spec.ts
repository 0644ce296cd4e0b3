import type { RefusedCase } from './token.case.js';
import { writeToken } from './token.draft.js';
import { signers } from './token.signers.js';
import { refusedCasesOf } from './token.table.js';
import { verifierOf } from './token.verifiers.js';

const titleOf = ({ rule, name, code }: RefusedCase) => `${rule}: ${name} → ${code}`;

describe.each(signers)('$algorithm: a token with one fault is refused (SC-004)', (signer) => {
  const cases = refusedCasesOf(signer);
  const verifier = verifierOf(signer.keys, 10);

  it('in more than 200 ways, no two of one name', () => {
    expect(cases.length).toBeGreaterThan(200);
    expect(new Set(cases.map(titleOf)).size).toBe(cases.length);
  });

  it.each(cases.map((each) => [titleOf(each), each] as const))('%s', async (_title, each) => {
    const { code, claim, fault, mended } = each;
    const token = writeToken(signer, fault);
    const refusal = claim === undefined ? { ok: false, code } : { ok: false, code, claim };
    expect(await verifier.verify(token)).toEqual(refusal);
    // A second time, so that a refusal is not remembered as anything else.
    expect(await verifier.verify(token)).toEqual(refusal);
    // Without its fault it is accepted: there was no other one.
    const good = writeToken(signer, mended);
    expect(good).not.toBe(token);
    expect(await verifier.verify(good)).toMatchObject({ ok: true });
  });
});
