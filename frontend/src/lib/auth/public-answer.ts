/**
 * Session tokens: the one in the HttpOnly cookie is what keeps a script from carrying a session off; in
 * a body it would be there for the taking (FR-013). And the columns of the admin plugin, which are the
 * operator's notes.
 */
const NOT_FOR_BODIES = new Set([
  'token',
  'role',
  'banned',
  'banReason',
  'banExpires',
  'impersonatedBy',
]);

/** A copy of an answer of Better Auth without what no page may see. */
export function toPublicAnswer(body: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => !NOT_FOR_BODIES.has(name))
      .map(([name, value]) => [name, strip(value)]),
  );
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return toPublicAnswer(value);
}
