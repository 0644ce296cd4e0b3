import { authClient } from '@/lib/auth-client';
import { TokenUnavailableError } from '@/lib/access-token';
import type { ClientSession } from './client-session';

const HOUR_MS = 3_600_000;

/**
 * Keeps an open page and its session together: lets the session slide while the page is in use, and
 * looks again when the browser brings the page back from its history.
 *
 * @returns stops watching
 */
export function watchSession({ userId, accessToken }: ClientSession): () => void {
  let slidAt = 0;

  const slide = async () => {
    if (document.visibilityState !== 'visible' || Date.now() - slidAt < HOUR_MS) return;
    slidAt = Date.now();
    const owner = await authClient.slideSession();
    // Only the token endpoint may end the session here; this is just a reason to ask it.
    if (owner !== 'unavailable' && owner.userId !== userId) await accessToken.recheck();
  };
  const slideQuietly = () => void slide().catch(() => undefined);

  const onPageShow = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    const { style } = document.documentElement;
    style.visibility = 'hidden';
    accessToken.recheck().then(
      () => style.removeProperty('visibility'),
      (error: unknown) => {
        // Unknown is not "still signed in": let the server decide. An ended session is leaving anyway.
        if (error instanceof TokenUnavailableError) window.location.reload();
      },
    );
  };

  slideQuietly();
  const timer = setInterval(slideQuietly, HOUR_MS);
  document.addEventListener('visibilitychange', slideQuietly);
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', slideQuietly);
    window.removeEventListener('pageshow', onPageShow);
  };
}
