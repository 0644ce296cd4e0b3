/** What the product's forms send, of every route that takes a form. */
const FIELDS: Record<string, readonly string[]> = {
  '/api/auth/sign-up/email': ['name', 'email', 'password'],
  '/api/auth/sign-in/email': ['email', 'password'],
  '/api/auth/sign-out': [],
  '/api/auth/change-password': ['currentPassword', 'newPassword'],
  '/api/auth/request-password-reset': ['email'],
  '/api/auth/reset-password': ['token', 'newPassword'],
  '/api/auth/send-verification-email': ['email'],
  '/api/auth/verify-email': ['token'],
  '/api/auth/sessions/end': ['id'],
  '/api/auth/sessions/end-others': [],
};

/** What Better Auth takes for JSON. */
const JSON_TYPE = /^application\/([a-z0-9.+-]*\+)?json/i;
const FORM_TYPE = /application\/x-www-form-urlencoded/i;

/**
 * Drops what a caller adds to a form before Better Auth sees it, which would follow it, or quote it in
 * the log, as it does with addresses to return to. What is no such form it refuses by itself.
 */
export function keepKnownFields(
  pathname: string,
  contentType: string | null,
  body: Uint8Array<ArrayBuffer> | undefined,
): Uint8Array<ArrayBuffer> | string | undefined {
  if (body === undefined) return undefined;
  const known = FIELDS[pathname] ?? [];
  const isKnown = ([name]: [string, unknown]) => known.includes(name);
  const text = new TextDecoder().decode(body);
  if (JSON_TYPE.test(contentType ?? '')) {
    const fields = parsed(text);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return body;
    return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(isKnown)));
  }
  if (!FORM_TYPE.test(contentType ?? '')) return body;
  return new URLSearchParams([...new URLSearchParams(text)].filter(isKnown)).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
