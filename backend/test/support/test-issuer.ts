import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64url, claimsFor } from './token.minter.js';

export type IssuerAlgorithm = 'ES256' | 'RS256' | 'PS256' | 'EdDSA';

export const ISSUER_ALGORITHMS: readonly IssuerAlgorithm[] = ['ES256', 'RS256', 'PS256', 'EdDSA'];

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** What an issuer may do in place of answering with its key set. */
export const answers = {
  status: (status: number, headers: Record<string, string> = {}): Answer => {
    return (response) => void response.writeHead(status, headers).end('{"keys":[]}');
  },
  body: (body: string | Buffer, headers: Record<string, string> = {}): Answer => {
    return (response) => void response.writeHead(200, headers).end(body);
  },
  hangUp: ((response) => void response.socket?.resetAndDestroy()) satisfies Answer,
  silence: (() => {}) satisfies Answer,
  /** Begins a key set and never ends it. */
  unfinished: ((response) => void response.writeHead(200).write('{"keys":[')) satisfies Answer,
  /** Sends for as long as anybody reads. */
  endless: ((response) => {
    const chunk = Buffer.alloc(16_384, ' ');
    const send = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send).writeHead(200);
    send();
  }) satisfies Answer,
};

/** RFC 7518, 3.3 to 3.5; RFC 8037, 3.1. */
const SIGNING = {
  ES256: { hash: 'sha256', dsaEncoding: 'ieee-p1363' },
  RS256: { hash: 'sha256', padding: constants.RSA_PKCS1_PADDING },
  PS256: { hash: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  EdDSA: { hash: null },
} as const;

/** A key of the issuer, which signs. */
export class IssuerKey {
  /** As it is published. */
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;

  constructor(
    readonly algorithm: IssuerAlgorithm,
    readonly kid: string,
  ) {
    ({ publicKey: this.publicKey, privateKey: this.privateKey } = generateKeys(algorithm));
    this.jwk = { ...this.publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' };
  }

  /** Signs a token for `userId` that is good but for the changes. */
  mint(
    userId: string,
    changes: { claims?: Record<string, unknown>; header?: Record<string, unknown> } = {},
  ): string {
    const header = { alg: this.algorithm, kid: this.kid, typ: 'JWT', ...changes.header };
    const input = `${base64url(header)}.${base64url(claimsFor(userId, changes.claims))}`;
    return `${input}.${this.sign(input)}`;
  }

  private sign(input: string): string {
    const { hash, ...options } = SIGNING[this.algorithm];
    const key = { key: this.privateKey, ...options };
    return sign(hash, Buffer.from(input), key).toString('base64url');
  }
}

function generateKeys(algorithm: IssuerAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (algorithm === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** Another party: publishes its key set over real HTTP on the loopback, and behaves as it is told. */
export class TestIssuer {
  /** The entries of the key set. */
  published: unknown[] = [];
  /** Overrides the answer while it is set. */
  answer: Answer | undefined;
  /** The headers of each request so far. */
  readonly requests: IncomingHttpHeaders[] = [];
  private readonly held: (() => void)[] = [];
  private isHolding = false;
  private readonly server = createServer((request, response) => {
    this.requests.push(request.headers);
    const reply = () => this.reply(request, response);
    if (this.isHolding) this.held.push(reply);
    else reply();
    this.server.emit('asked');
  });

  static async start(): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    issuer.server.listen(0, '127.0.0.1');
    await once(issuer.server, 'listening');
    return issuer;
  }

  /** Of the key set. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/auth/jwks`;
  }

  /** Makes a key and publishes it. */
  publish(algorithm: IssuerAlgorithm, kid: string): IssuerKey {
    const key = new IssuerKey(algorithm, kid);
    this.published.push(key.jwk);
    return key;
  }

  withdraw(...keys: IssuerKey[]): void {
    this.published = this.published.filter((jwk) => !keys.some((key) => key.jwk === jwk));
  }

  /** Resolves at the next request, before it is answered if answers are held. */
  async nextRequest(): Promise<void> {
    await once(this.server, 'asked');
  }

  /** Lets requests wait, until {@link release}. */
  hold(): void {
    this.isHolding = true;
  }

  release(): void {
    this.isHolding = false;
    for (const reply of this.held.splice(0)) reply();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private reply(request: IncomingMessage, response: ServerResponse): void {
    if (this.answer !== undefined) return this.answer(response, request);
    // Caches between us and the issuer may believe it; a verifier has a cache age of its own.
    const headers = { 'content-type': 'application/json', 'cache-control': 'max-age=31536000' };
    response.writeHead(200, headers).end(JSON.stringify({ keys: this.published }));
  }
}
