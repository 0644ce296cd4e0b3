'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { ClientSession } from '@/features/session/client-session';
import { sentenceFor } from '@/lib/api-problem';
import type { DeviceSession } from '@/lib/device-session';
import { deviceName } from './device-name';
import { createSessionsApi } from './sessions-api';

const KEY = ['sessions'] as const;

export function useSessions(session: ClientSession) {
  const sessions = createSessionsApi(session);
  // Whoever looks wants to know how it is now.
  return useQuery({ queryKey: KEY, queryFn: () => sessions.list(), staleTime: 0 });
}

/** Nothing is shown as ended before it is: somebody may close the page on that word. */
export function useSessionActions(session: ClientSession) {
  const queries = useQueryClient();
  const sessions = createSessionsApi(session);
  const refetch = () => queries.invalidateQueries({ queryKey: KEY });

  const end = useMutation({
    mutationFn: ({ id }: DeviceSession) => sessions.end(id),
    onSuccess: async (_, { isCurrent, device }) => {
      if (isCurrent) return session.accessToken.signedOut();
      await refetch();
      toast.success(`${deviceName(device)} is signed out.`);
    },
    onError: tellFailure,
  });
  const endOthers = useMutation({
    mutationFn: () => sessions.endOthers(),
    onSuccess: async (ended) => {
      await refetch();
      toast.success(ended === 1 ? '1 device is signed out.' : `${ended} devices are signed out.`);
    },
    onError: tellFailure,
  });
  return { end, endOthers };
}

function tellFailure(error: unknown): void {
  toast.error(`Nothing was signed out. ${sentenceFor(error)}`);
}
