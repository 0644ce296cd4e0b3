import { acceptedCases } from './accepted.cases.js';
import { claimsText, headerText, writeToken } from './token.draft.js';
import { signers } from './token.signers.js';
import { verifierOf } from './token.verifiers.js';

describe.each(signers)('$algorithm: a good token is accepted (SC-003)', (signer) => {
  it.each(acceptedCases)('$name', async ({ draft }) => {
    const claims = JSON.parse((draft.claims?.() ?? claimsText()).toString());
    const token = writeToken(signer, draft);
    const verifier = verifierOf(signer.keys, 10);
    const verdict = await verifier.verify(token);
    expect(verdict).toMatchObject({ ok: true, value: { claims } });
    expect(verdict.ok && verdict.value.claims).toEqual(claims);
    expect(verdict.ok && verdict.value.principal).toEqual({
      userId: claims.sub,
      email: claims.email,
      sessionId: claims.sid,
      tokenId: claims.jti,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
    });
    expect(await verifier.verify(token)).toEqual(verdict);
  });

  it('changes no prototype, whatever its claims are called', async () => {
    const names = {
      ['__proto__']: { isAdmin: true },
      constructor: { prototype: { isAdmin: true } },
    };
    const token = writeToken(signer, {
      header: (own) => headerText(own, names),
      claims: () => claimsText(names),
    });
    const verdict = await verifierOf(signer.keys).verify(token);
    expect(verdict.ok && Object.getPrototypeOf(verdict.value.claims)).toBe(Object.prototype);
    expect(verdict.ok && verdict.value.claims['isAdmin']).toBeUndefined();
    expect({}).not.toHaveProperty('isAdmin');
  });
});

it('a token without kid is tried with the signing secret (FR-016)', async () => {
  const [signer] = signers;
  const token =
    signer && writeToken(signer, { header: (own) => headerText(own, { kid: undefined }) });
  expect(signer && (await verifierOf(signer.keys).verify(token ?? ''))).toMatchObject({ ok: true });
});
