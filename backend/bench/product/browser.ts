import { exchange, type Answer } from './http.exchange.js';
import type { Product } from './product.js';

type Web = Pick<Product, 'web' | 'webUrl'>;

const SESSION_COOKIE = 'tessera.session_token';

/** Where somebody is signed in: the cookies of one browser, and the access token it holds. */
export interface Browser {
  readonly userId: string;
  readonly sessionId: string;
  readonly cookie: string;
  readonly token: string;
}

export interface Asking {
  readonly cookie?: string;
  readonly body?: object;
  /** The client's, where the web app trusts the proxy that reports it. */
  readonly address?: string;
  /** The page's, where it is not one of the web app's own. */
  readonly origin?: string;
}

/** A request of a page to the web app's authentication endpoints. */
export function askWeb({ web, webUrl }: Web, path: string, asking: Asking = {}): Promise<Answer> {
  const { cookie, body, address, origin = webUrl } = asking;
  return exchange({
    port: web.port,
    path: `/api/auth${path}`,
    headers: {
      origin,
      ...(cookie === undefined ? {} : { cookie }),
      ...(address === undefined ? {} : { 'x-forwarded-for': address }),
    },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
}

export async function signUp(at: Web, email: string, password: string): Promise<Answer> {
  return required(await askWeb(at, '/sign-up/email', { body: { name: 'Bench', email, password } }));
}

export const trySignIn = (at: Web, email: string, password: string, address?: string) =>
  askWeb(at, '/sign-in/email', {
    body: { email, password },
    ...(address === undefined ? {} : { address }),
  });

export async function signIn(at: Web, email: string, password: string): Promise<Browser> {
  const cookie = cookiesOf(required(await trySignIn(at, email, password)));
  return { cookie, ...(await fetchToken(at, cookie)) };
}

export async function fetchToken(at: Web, cookie: string): Promise<Omit<Browser, 'cookie'>> {
  const answer = required(await askWeb(at, '/token', { cookie }));
  const { token } = JSON.parse(answer.body) as { token: string };
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub: string;
    sid: string;
  };
  return { token, userId: claims.sub, sessionId: claims.sid };
}

/** What a browser would send back. */
export function cookiesOf({ headers }: Answer): string {
  const cookies = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
  if (!cookies.some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))) {
    throw new Error('The answer carries no session');
  }
  return cookies.join('; ');
}

/** @throws when it is not what a measurement builds on */
export function required(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  throw new Error(`The web app answered ${answer.status}: ${answer.body.slice(0, 200)}`);
}
