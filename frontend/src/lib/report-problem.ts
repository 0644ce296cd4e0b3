/** One JSON line on stderr. Give it sentences and errors, never a request, a token or a form. */
export function reportProblem(message: string, details: { level?: string; error?: unknown }): void {
  const { level = 'error', error } = details;
  const line = { time: new Date().toISOString(), level, message, ...describe(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** The same for what an operator wants to know of an ordinary day. */
export function reportEvent(message: string): void {
  reportProblem(message, { level: 'info' });
}

function describe(error: unknown): Record<string, string | undefined> {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: typeof error };
  return { error: error.name, reason: error.message, stack: error.stack };
}
