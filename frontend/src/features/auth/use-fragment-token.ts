'use client';

import { useEffect, useState } from 'react';

/**
 * The token of a link from a mail, `#token=…`. A fragment is sent to no server; here it leaves the
 * address bar and the history at once, and from then on lives in memory only.
 *
 * @returns undefined until it was looked for; null when there is none
 */
export function useFragmentToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>();
  useEffect(() => {
    const take = () => {
      const { hash, pathname, search } = window.location;
      const found = new URLSearchParams(hash.slice(1)).get('token');
      if (hash !== '') window.history.replaceState(null, '', pathname + search);
      setToken((known) => found ?? known ?? null);
    };
    take();
    // Another link of the same kind, opened in this tab, loads no new page.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}
