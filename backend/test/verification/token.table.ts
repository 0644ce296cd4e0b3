import { algorithmCases } from './table/algorithm.cases.js';
import { alphabetCases } from './table/alphabet.cases.js';
import { claimsCases } from './table/claims.cases.js';
import { encodingCases } from './table/encoding.cases.js';
import { headerCases } from './table/header.cases.js';
import { jsonStructureCases } from './table/json-structure.cases.js';
import { jsonTextCases } from './table/json-text.cases.js';
import { segmentCases } from './table/segment.cases.js';
import { signatureCases } from './table/signature.cases.js';
import { sizeCases } from './table/size.cases.js';
import { timeCases } from './table/time.cases.js';
import type { RefusedCase } from './token.case.js';
import type { TokenSigner } from './token.signers.js';

/** Malformed, forged and mistimed tokens, each with one fault. */
const refusedCases: readonly RefusedCase[] = [
  ...sizeCases,
  ...segmentCases,
  ...alphabetCases,
  ...encodingCases,
  ...jsonTextCases,
  ...jsonStructureCases,
  ...headerCases,
  ...signatureCases,
  ...algorithmCases,
  ...claimsCases,
  ...timeCases,
];

/** Those that there are for a signer's algorithm. */
export const refusedCasesOf = ({ algorithm }: TokenSigner): readonly RefusedCase[] =>
  refusedCases.filter(({ algorithms }) => algorithms?.includes(algorithm) ?? true);
