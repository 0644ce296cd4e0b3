/** Where a signed-in user lands who was not going anywhere else. */
export const HOME_PATH = '/tasks';

/**
 * A path of ours to go on to after sign-in, or the home path. Browsers read `//host`, `/\host` and
 * `/<tab>/host` as another site, so only one leading slash and no backslash or control character.
 */
export function safeReturnPath(wanted: unknown): string {
  // oxlint-disable-next-line no-control-regex -- they are what it keeps out
  if (typeof wanted !== 'string' || !/^\/(?![/\\])[^\\\u0000-\u0020\u007f]*$/.test(wanted)) {
    return HOME_PATH;
  }
  // Coming back to a form that one has just left would be a loop.
  return /^\/sign-(?:in|up)(?:[/?#]|$)/.test(wanted) ? HOME_PATH : wanted;
}

/** The sign-in page, told where to go on to, and why one is there if one was in before. */
export function signInPath(returnPath: string, reason?: 'ended' | 'expired'): string {
  const because = reason === undefined ? '' : `reason=${reason}&`;
  return `/sign-in?${because}return=${encodeURIComponent(safeReturnPath(returnPath))}`;
}
