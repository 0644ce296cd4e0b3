import { TokenUnavailableError } from './access-token';

export interface FieldError {
  field: string;
  message: string;
}

/** What the API answered instead of success (RFC 9457). */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly errors: FieldError[];

  constructor(status: number, body: unknown) {
    const { title, errors } = (typeof body === 'object' && body !== null ? body : {}) as {
      title?: unknown;
      errors?: unknown;
    };
    super(typeof title === 'string' ? title : 'The request was refused.');
    this.status = status;
    this.errors = Array.isArray(errors) ? errors.filter(isFieldError) : [];
  }
}

function isFieldError(value: unknown): value is FieldError {
  if (typeof value !== 'object' || value === null) return false;
  const { field, message } = value as Record<string, unknown>;
  return typeof field === 'string' && typeof message === 'string';
}

/** Whether trying again later may help: no connection, an outage, too many requests. */
export function isTransient(error: unknown): boolean {
  if (error instanceof ApiProblem)
    return error.status >= 500 || [408, 425, 429].includes(error.status);
  // `fetch` rejects with TypeError when there is no connection and DOMException on a time-out.
  return (
    error instanceof TokenUnavailableError ||
    error instanceof TypeError ||
    error instanceof DOMException
  );
}

/** What to tell the user about a form whose text is still there. */
export function formSentenceFor(error: unknown): string {
  return isTransient(error) ? `${sentenceFor(error)} What you typed is kept.` : sentenceFor(error);
}

/** What to tell the user, in a sentence. */
export function sentenceFor(error: unknown): string {
  if (error instanceof ApiProblem && error.status === 429) {
    return 'That was a lot at once. Wait a moment, then try again.';
  }
  if (error instanceof ApiProblem && error.status === 404) return 'This task is no longer there.';
  if (isTransient(error)) return 'We cannot reach Tessera right now.';
  return error instanceof ApiProblem ? error.message : 'Something went wrong on our side.';
}
