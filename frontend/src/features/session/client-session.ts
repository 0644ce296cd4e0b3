import { QueryClient } from '@tanstack/react-query';
import { AccessTokenSource, type EndReason } from '@/lib/access-token';
import { type ApiClient, createApiClient } from '@/lib/api-client';
import { isTransient } from '@/lib/api-problem';
import { createBrowserTabs } from '@/lib/browser-tabs';
import { fetchAccessToken } from '@/lib/token-endpoint';

/** Everything this tab holds for one signed-in user; thrown away as a whole when the session ends. */
export interface ClientSession {
  userId: string;
  accessToken: AccessTokenSource;
  api: ApiClient;
  queries: QueryClient;
  close(): void;
}

const LONGEST_PAUSE_MS = 10_000;

export function createClientSession(options: {
  userId: string;
  sessionEndsAt: number;
  apiUrl: string;
  onEnd: (reason: EndReason) => void;
}): ClientSession {
  const { userId, sessionEndsAt, apiUrl } = options;
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // Also without a network: a paused query would show neither data nor the reason.
        networkMode: 'always',
        retry: (_, error) => isTransient(error),
        retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, LONGEST_PAUSE_MS),
        staleTime: 15_000,
      },
      mutations: { networkMode: 'always' },
    },
  });
  const accessToken = new AccessTokenSource({
    userId,
    sessionEndsAt,
    tabs: createBrowserTabs(),
    fetchToken: fetchAccessToken,
    onEnd(reason) {
      queries.clear();
      options.onEnd(reason);
    },
  });
  return {
    userId,
    accessToken,
    api: createApiClient(apiUrl, accessToken),
    queries,
    close() {
      accessToken.close();
      queries.clear();
    },
  };
}
