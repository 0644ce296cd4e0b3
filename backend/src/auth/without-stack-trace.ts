/**
 * Runs `work`; an error that it makes has no stack trace. For expected outcomes that have to be errors:
 * to walk the stack costs more than everything else about refusing a request.
 */
export function withoutStackTrace<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
