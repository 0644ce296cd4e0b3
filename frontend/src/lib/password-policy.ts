/** FR-003: `classic` asks for kinds of characters, `nist` for length (SP 800-63B-4, ASVS 6.2.5). */
export type PasswordPolicy = 'classic' | 'nist';

/** Whose password it will be: what others would try first. */
export interface PasswordContext {
  email?: string | undefined;
  name?: string | undefined;
}

export interface PasswordRule {
  id: 'length' | 'upper' | 'lower' | 'digit' | 'maximum' | 'personal' | 'common';
  text: string;
}

interface CheckedRule extends PasswordRule {
  holds(password: string, context: PasswordContext): boolean;
}

const MAXIMUM: CheckedRule = {
  id: 'maximum',
  text: 'At most 128 characters',
  holds: (p) => count(p) <= 128,
};
const PERSONAL: CheckedRule = {
  id: 'personal',
  text: 'More than your name or e-mail',
  holds: isMoreThanItsOwner,
};

const RULES: Record<PasswordPolicy, readonly CheckedRule[]> = {
  classic: [
    { id: 'length', text: 'At least 8 characters', holds: (p) => count(p) >= 8 },
    { id: 'upper', text: 'An upper-case letter', holds: (p) => /\p{Lu}/u.test(p) },
    { id: 'lower', text: 'A lower-case letter', holds: (p) => /\p{Ll}/u.test(p) },
    { id: 'digit', text: 'A digit', holds: (p) => /\p{Nd}/u.test(p) },
    MAXIMUM,
    PERSONAL,
  ],
  nist: [
    { id: 'length', text: 'At least 15 characters', holds: (p) => count(p) >= 15 },
    MAXIMUM,
    PERSONAL,
  ],
};

/** The one rule that needs a list of its own: the server's, and in the form the strength meter's. */
export const COMMON_PASSWORD_RULE: PasswordRule = {
  id: 'common',
  text: 'Not a commonly used password',
};

/** What rules there are, in the order in which forms show them. */
export function passwordRules(policy: PasswordPolicy): readonly PasswordRule[] {
  return RULES[policy];
}

/** One spelling per password: keyboards compose the same letter in different ways. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * The rules that a new password misses. Browser and server ask this one function, so what the form
 * promises is what the server checks.
 */
export function missedPasswordRules(
  password: string,
  policy: PasswordPolicy = 'classic',
  context: PasswordContext = {},
): PasswordRule[] {
  const normalized = normalizePassword(password);
  return RULES[policy].filter((rule) => !rule.holds(normalized, context));
}

/** What is wrong with a password, in sentences. */
export function passwordProblem(missed: readonly PasswordRule[]): string {
  const sentences: string[] = [];
  const needed = missed.filter(({ id }) => id !== 'personal' && id !== 'common');
  if (needed.length > 0) {
    const list = needed.map(({ text }) => text.charAt(0).toLowerCase() + text.slice(1)).join(', ');
    sentences.push(`The password still needs: ${list}.`);
  }
  const has = (id: PasswordRule['id']) => missed.some((rule) => rule.id === id);
  if (has('personal')) {
    sentences.push('Without your name and e-mail too little of this password is left.');
  }
  if (has('common')) sentences.push('Many people use this password: attackers try it first.');
  return sentences.join(' ');
}

/** Characters as people count them, not UTF-16 units. */
function count(text: string): number {
  return Array.from(text).length;
}

const LEAST_BESIDES = 8;
/** Shorter ones are in too many words by chance. */
const SHORTEST_LOCAL_PART = 3;
const SHORTEST_PART = 4;

function isMoreThanItsOwner(password: string, context: PasswordContext): boolean {
  const folded = password.toLowerCase();
  let rest = folded;
  for (const word of contextWords(context)) rest = rest.replaceAll(word, '');
  return rest === folded || count(rest) >= LEAST_BESIDES;
}

function fold(text: string): string {
  return normalizePassword(text).trim().toLowerCase();
}

/** The local part of the e-mail, and its parts and those of the name; the longest first. */
function contextWords({ email = '', name = '' }: PasswordContext): string[] {
  const local = fold(email).split('@', 1).join('');
  const parts = [local, fold(name)].flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  const words = parts.filter((part) => count(part) >= SHORTEST_PART);
  if (count(local) >= SHORTEST_LOCAL_PART) words.push(local);
  return words.toSorted((a, b) => b.length - a.length);
}
