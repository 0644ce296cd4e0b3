import type { RefusalCode } from '../../src/auth/refusal.codes.js';
import type { SignatureAlgorithm } from '../../src/auth/verification/verification.key.js';
import {
  claimsText,
  headerText,
  withMember,
  type Members,
  type TokenDraft,
} from './token.draft.js';

/** A token that one rule refuses, beside the nearest one that it does not. */
export interface RefusedCase {
  /** The rule at work, in a few words; the cases of one rule stand together. */
  readonly rule: string;
  readonly name: string;
  readonly code: RefusalCode;
  readonly claim?: string;
  /** The one step of the draft that is at fault. */
  readonly fault: Partial<TokenDraft>;
  /** The same step, mended. Absent: as in the good token. */
  readonly mended?: Partial<TokenDraft>;
  /** The only algorithms where there is such a token. Default: all. */
  readonly algorithms?: readonly SignatureAlgorithm[];
}

interface Refusal {
  readonly rule: string;
  readonly code: RefusalCode;
  readonly claim?: string;
}

/** Claims with a fault in one of them. */
export function claimsCase(
  refusal: Refusal,
  name: string,
  fault: Members,
  mended: Members = {},
): RefusedCase {
  const [faulty, good] = [claimsText(fault), claimsText(mended)];
  return { ...refusal, name, fault: { claims: () => faulty }, mended: { claims: () => good } };
}

/** A header with a fault in one member. */
export function headerCase(
  refusal: Refusal,
  name: string,
  fault: Members,
  mended: Members = {},
): RefusedCase {
  return {
    ...refusal,
    name,
    fault: { header: (signer) => headerText(signer, fault) },
    mended: { header: (signer) => headerText(signer, mended) },
  };
}

/** The same fault in the JSON of the header and in that of the claims. */
export function textCases(
  refusal: Refusal,
  name: string,
  fault: (object: string) => string | Buffer,
  mend: (object: string) => string | Buffer = (object) => object,
): RefusedCase[] {
  return [
    {
      ...refusal,
      name: `header, ${name}`,
      fault: { header: (signer) => fault(headerText(signer)) },
      mended: { header: (signer) => mend(headerText(signer)) },
    },
    {
      ...refusal,
      name: `claims, ${name}`,
      fault: { claims: () => fault(claimsText()) },
      mended: { claims: () => mend(claimsText()) },
    },
  ];
}

/** The same fault in one more member of the header and of the claims. */
export function memberCases(
  refusal: Refusal,
  name: string,
  fault: string,
  mended: string,
): RefusedCase[] {
  return textCases(
    refusal,
    name,
    (object) => withMember(object, fault),
    (object) => withMember(object, mended),
  );
}
