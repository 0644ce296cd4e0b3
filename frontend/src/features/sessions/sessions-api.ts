import type { ClientSession } from '@/features/session/client-session';
import { ApiProblem } from '@/lib/api-problem';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import type { DeviceSession } from '@/lib/device-session';

/** The user's sessions, this one first. Every call throws ApiProblem for what the issuer refuses. */
export function createSessionsApi({ accessToken }: Pick<ClientSession, 'accessToken'>) {
  async function answerOf<T>(asked: Promise<AuthOutcome<T>>): Promise<T> {
    const outcome = await asked;
    if (outcome.kind === 'done') return outcome.answer;
    if (outcome.kind === 'too many') throw new ApiProblem(429, {});
    if (outcome.kind !== 'refused') throw new ApiProblem(503, {});
    // Only the token endpoint may end the session here; this is just a reason to ask it.
    if (outcome.status === 401) await accessToken.recheck();
    throw new ApiProblem(outcome.status, { title: outcome.message });
  }

  return {
    async list(): Promise<DeviceSession[]> {
      const { sessions } = await answerOf(authClient.listSessions());
      return sessions.toSorted((one, other) => Number(other.isCurrent) - Number(one.isCurrent));
    },
    async end(id: string): Promise<void> {
      await answerOf(authClient.endSession({ id })).catch((error: unknown) => {
        // Gone already: that is what was wanted.
        if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      });
    },
    async endOthers(): Promise<number> {
      return (await answerOf(authClient.endOtherSessions())).ended;
    },
  };
}
