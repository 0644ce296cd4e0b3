import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False until React has taken over: a form sent before that would be sent by the browser itself. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
