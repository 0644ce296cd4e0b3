/** Lets a bounded number of requests in; nobody waits in line. */
export interface Admission {
  /** @returns what to call on leaving, or nothing when it is full */
  enter(): (() => void) | undefined;
  /** Hands a place on to whoever serves the request. @returns the ticket for it */
  handOn(leave: () => void): string;
  /** @returns what to call on leaving a place that was handed on, unless somebody took it before */
  take(ticket: string | null): (() => void) | undefined;
  /** When whoever was refused should come back: the later, the more are refused for each that leaves. */
  retryAfterSeconds(): number;
}

/** What hashes a password, and so has a limit of how many are served at once (SC-006). */
const HASHING = new Set([
  '/api/auth/sign-up/email',
  '/api/auth/sign-in/email',
  '/api/auth/change-password',
  '/api/auth/reset-password',
]);

export const hashesPassword = (pathname: string): boolean => HASHING.has(pathname);

/** Set by our own server on a request that it has admitted already, to the ticket of its place. */
export const TICKET = 'x-admission-ticket';

const WINDOW_MS = 2_000;
const LONGEST_WAIT_SECONDS = 10;

/**
 * Hashing a password takes memory and a core, on purpose. What arrives faster than it can be hashed
 * would pile up until every client has given up; refused at once, it can come back.
 */
export function createAdmission(capacity: number, random = Math.random): Admission {
  let inside = 0;
  let tickets = 0;
  const handedOn = new Map<string, () => void>();
  let window = { since: 0, refused: 0, left: 0 };

  const currentWindow = () => {
    const now = performance.now();
    if (now - window.since > WINDOW_MS) window = { since: now, refused: 0, left: 0 };
    return window;
  };

  return {
    enter() {
      if (inside >= capacity) {
        currentWindow().refused += 1;
        return undefined;
      }
      inside += 1;
      return () => {
        inside -= 1;
        currentWindow().left += 1;
      };
    },

    handOn(leave) {
      const ticket = String((tickets += 1));
      handedOn.set(ticket, leave);
      return ticket;
    },

    take(ticket) {
      if (ticket === null) return undefined;
      const leave = handedOn.get(ticket);
      handedOn.delete(ticket);
      return leave;
    },

    retryAfterSeconds() {
      const { refused, left } = currentWindow();
      const wait = Math.min(Math.ceil(refused / Math.max(left, 1)), LONGEST_WAIT_SECONDS);
      // Spread, so that they do not all come back at once.
      return 1 + Math.floor(random() * wait);
    },
  };
}

// Our server and Next's bundle hold two copies of this module; who is inside is the process's.
const KEY = Symbol.for('tessera.admission');
const registry = globalThis as { [KEY]?: Admission };

/** The one of this process. */
export function sharedAdmission(capacity: number): Admission {
  return (registry[KEY] ??= createAdmission(capacity));
}
