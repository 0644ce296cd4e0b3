/**
 * A copy without any session token. The token in the HttpOnly cookie is what keeps a script from
 * carrying a session off; in a body it would be there for the taking (FR-013).
 */
export function withoutSessionTokens(body: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name !== 'token')
      .map(([name, value]) => [name, strip(value)]),
  );
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return withoutSessionTokens(value);
}
