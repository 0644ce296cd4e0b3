import { isUtf8 } from 'node:buffer';
import { withoutStackTrace } from '../without-stack-trace.js';

export type JsonObject = Record<string, unknown>;

/** Deeper than any claim that means something, and far from any stack's end. */
const MAX_DEPTH = 8;
const QUOTE = '"';
const BACKSLASH = 92;
const COLON = 58;

/**
 * Parses a JSON object as strictly as a signed one deserves: well-formed UTF-8 (RFC 8259, 8.1), no
 * name twice in any object (RFC 7519, 4: two parsers may else see two different tokens), no deeper than
 * {@link MAX_DEPTH}.
 *
 * @returns `undefined` for anything else
 */
export function parseJsonObject(bytes: Buffer): JsonObject | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString();
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // JSON.parse keeps the last of two members of one name, so fewer are left than were written.
  return countMembers(value, MAX_DEPTH) === countNames(text) ? (value as JsonObject) : undefined;
}

function parse(text: string): unknown {
  try {
    return withoutStackTrace(() => JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Members of a value and of all that it holds; `NaN`, which equals nothing, if that is too deep. */
function countMembers(value: object, depth: number): number {
  if (depth === 0) return NaN;
  const members: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    if (typeof member === 'object' && member !== null) count += countMembers(member, depth - 1);
  }
  return count;
}

/** Strings that a colon follows, in text that is known to be JSON: its member names. */
function countNames(text: string): number {
  let count = 0;
  for (let start = text.indexOf(QUOTE); start !== -1;) {
    let next = endOfString(text, start) + 1;
    while (isWhiteSpace(text.charCodeAt(next))) next += 1;
    if (text.charCodeAt(next) === COLON) count += 1;
    start = text.indexOf(QUOTE, next);
  }
  return count;
}

/** The closing quote: the first that an even number of backslashes precedes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); ; end = text.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

/** RFC 8259, 2: space, tab, line feed, carriage return. */
function isWhiteSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}
