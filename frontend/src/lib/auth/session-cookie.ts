/**
 * `__Host-` makes browsers refuse the cookie unless it came over https, from this very host and for
 * every path: a sibling subdomain cannot plant one (RFC 6265bis, 4.1.3.2). It needs `Secure`.
 */
export function cookiePrefix(isHttps: boolean): string {
  return isHttps ? '__Host-tessera' : 'tessera';
}

/** Whether a request brings a session cookie at all, live or not: good for a redirect, not for access. */
export function bringsSessionCookie(cookieNames: Iterable<string>): boolean {
  for (const name of cookieNames)
    if (/^(?:__Host-)?tessera\.session_token$/.test(name)) return true;
  return false;
}
