import { AUDIENCE, ISSUER } from '../support/token.minter.js';
import { signWith, type TokenSigner } from './token.signers.js';

/** The moment at which the clock of all tables stands still, in unix seconds. */
export const NOW = 1_800_000_000;

/** Text that stands in JSON as it is, where `JSON.stringify` would not write it. */
export class Verbatim {
  constructor(readonly text: string) {}
}
export const verbatim = (text: string): Verbatim => new Verbatim(text);

export type Members = Readonly<Record<string, unknown>>;

export const GOOD_CLAIMS: Members = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'ada',
  user_id: 'ada',
  email: 'ada@example.com',
  iat: NOW,
  exp: NOW + 900,
  jti: 'token-1',
  sid: 'session-1',
};

/** How a token comes about, step by step. A fault replaces one step; all others stay good. */
export interface TokenDraft {
  readonly header: (signer: TokenSigner) => string | Buffer;
  readonly claims: () => string | Buffer;
  /** Change a segment before it is signed. */
  readonly headerSegment: (canonical: string) => string;
  readonly claimsSegment: (canonical: string) => string;
  readonly signature: (signer: TokenSigner, input: string) => Buffer;
  readonly signatureSegment: (canonical: string) => string;
  /** Changes the whole token, after it was signed. */
  readonly spelling: (token: string) => string;
}

const same = (text: string): string => text;

const GOOD_DRAFT: TokenDraft = {
  header: (signer) => headerText(signer),
  claims: () => claimsText(),
  headerSegment: same,
  claimsSegment: same,
  signature: ({ algorithm, privateKey }, input) => signWith(algorithm, privateKey, input),
  signatureSegment: same,
  spelling: same,
};

/** Writes and signs the token that is good but for the changed steps. */
export function writeToken(signer: TokenSigner, changes: Partial<TokenDraft> = {}): string {
  const draft = { ...GOOD_DRAFT, ...changes };
  const header = draft.headerSegment(base64url(draft.header(signer)));
  const claims = draft.claimsSegment(base64url(draft.claims()));
  const input = `${header}.${claims}`;
  const signature = draft.signatureSegment(base64url(draft.signature(signer, input)));
  return draft.spelling(`${input}.${signature}`);
}

/** JSON of a good header; `changes` replace members or add some, `undefined` removes one. */
export function headerText({ algorithm, kid }: TokenSigner, changes: Members = {}): string {
  return toJson({ alg: algorithm, kid, typ: 'JWT', ...changes });
}

/** JSON of good claims, changed likewise. */
export function claimsText(changes: Members = {}): string {
  return toJson({ ...GOOD_CLAIMS, ...changes });
}

/** The JSON object with one more member, written as it stands. */
export function withMember(object: string, member: string): string {
  return `${object.slice(0, -1)},${member}}`;
}

export function toJson(members: Members): string {
  const written = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`);
  return `{${written.join(',')}}`;
}

function valueText(value: unknown): string {
  return value instanceof Verbatim ? value.text : JSON.stringify(value);
}

function base64url(bytes: string | Buffer): string {
  return Buffer.from(bytes).toString('base64url');
}
