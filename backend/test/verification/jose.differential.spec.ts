import fc from 'fast-check';
import { jwtVerify, type JWTPayload } from 'jose';
import { acceptedCases } from './accepted.cases.js';
import { arbitraryDraft } from './draft.arbitrary.js';
import { NOW, writeToken } from './token.draft.js';
import { signers, type TokenSigner } from './token.signers.js';
import { refusedCasesOf } from './token.table.js';
import { RULES, verifierOf } from './token.verifiers.js';

/** Rules of ours that jose does not have, and why we do: whatever else jose accepts, we accept. */
const STRICTER: Readonly<Record<string, string>> = {
  '8 kB and no more': 'what nobody issues is not worth parsing',
  'canonical base64url': 'one token has one spelling; jose forgives blanks, padding and stray bits',
  'no byte order mark': 'RFC 8259, 8.1 forbids to add one; jose drops it',
  'no name twice': 'RFC 7515, 4: two parsers may see two different tokens',
  'bounded depth': 'no claim means anything that deep',
  'kid names a key': 'jose was handed the key here; we look it up',
  'header member kid': 'RFC 7515, 4.1.4: a string',
  'header member typ': 'RFC 8725, 3.11: tokens of another kind are not for us',
  'header member b64': 'RFC 7797: means something with crit only',
  'header member zip': 'RFC 7516: means something in a JWE only',
  'header member cty': 'RFC 7519, 5.2: announces a nested token',
  'header member jku': 'RFC 8725, 3.10: a token does not bring its key',
  'header member jwk': 'the same',
  'header member x5u': 'the same',
  'header member x5c': 'the same',
  'signature in full length': 'RFC 8017, 8.1.2; OpenSSL lets leading zeros of PSS go',
  'required claims': 'FR-010, FR-027',
  'types of claims': 'FR-027; jose leaves the claims that it does not know to its caller',
  'sub is user_id': 'FR-010',
  'iat is not ahead': 'somebody has to look at the clocks',
  'longest life': 'FR-012',
};

/** Whether jose takes the token by the same key and the same expectations: its claims, if so. */
async function verifyByJose(
  { algorithm, publicKey }: TokenSigner,
  token: string,
): Promise<JWTPayload | undefined> {
  const options = {
    algorithms: [algorithm],
    issuer: RULES.issuer,
    audience: RULES.audience,
    clockTolerance: RULES.clockToleranceSeconds,
    currentDate: new Date(NOW * 1000),
  };
  return jwtVerify(token, publicKey, options).then(
    ({ payload }) => payload,
    () => undefined,
  );
}

describe.each(signers)('$algorithm: compared with jose', (signer) => {
  const verifier = verifierOf(signer.keys);

  it('what we refuse and jose accepts, we refuse by a rule that jose does not have', async () => {
    const cases = refusedCasesOf(signer);
    const rules = new Set(cases.map(({ rule }) => rule));
    const stricter = new Set<string>();
    for (const { rule, fault } of cases) {
      const payload = await verifyByJose(signer, writeToken(signer, fault));
      if (payload !== undefined) stricter.add(rule);
    }
    expect([...stricter].toSorted()).toEqual(
      Object.keys(STRICTER)
        .filter((rule) => rules.has(rule))
        .toSorted(),
    );
  });

  it.each(acceptedCases)('both accept: $name', async ({ draft }) => {
    const token = writeToken(signer, draft);
    const verdict = await verifier.verify(token);
    expect(verdict.ok && verdict.value.claims).toEqual(await verifyByJose(signer, token));
  });

  it('whatever we accept jose accepts, with the same claims', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryDraft, async (draft) => {
        const token = writeToken(signer, draft);
        const verdict = await verifier.verify(token);
        if (!verdict.ok) return;
        accepted += 1;
        expect(await verifyByJose(signer, token)).toEqual(verdict.value.claims);
      }),
      { numRuns: 600 },
    );
    // Of tokens that are all refused the above would hold as well.
    expect(accepted).toBeGreaterThan(100);
  }, 120_000);
});
