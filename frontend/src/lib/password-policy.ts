/** FR-003. Browser and server read this one list, so what the form promises is what the server checks. */
export const PASSWORD_RULES = [
  { id: 'length', text: 'At least 8 characters', holds: (p: string) => count(p) >= 8 },
  { id: 'upper', text: 'An upper-case letter', holds: (p: string) => /\p{Lu}/u.test(p) },
  { id: 'lower', text: 'A lower-case letter', holds: (p: string) => /\p{Ll}/u.test(p) },
  { id: 'digit', text: 'A digit', holds: (p: string) => /\p{Nd}/u.test(p) },
  { id: 'maximum', text: 'At most 128 characters', holds: (p: string) => count(p) <= 128 },
] as const;

export type PasswordRule = (typeof PASSWORD_RULES)[number];

/** Characters as people count them, not UTF-16 units. */
function count(text: string): number {
  return Array.from(text).length;
}

/** One spelling per password: keyboards compose the same letter in different ways. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/** @returns the rules that a new password misses, in the order in which forms show them */
export function missedPasswordRules(password: string): PasswordRule[] {
  const normalized = normalizePassword(password);
  return PASSWORD_RULES.filter((rule) => !rule.holds(normalized));
}
