import type { EndReason } from '@/lib/access-token';
import { signInPath } from '@/lib/return-path';

/** Full loads, so that neither React's nor the router's memory keeps anything of the last user. */
export function leave(reason: EndReason): void {
  const { location } = window;
  if (reason === 'another user') return location.reload();
  if (reason === 'signed out') return location.replace('/sign-in?reason=signed-out');
  location.replace(signInPath(location.pathname + location.search, reason));
}
