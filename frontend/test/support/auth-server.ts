import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabaseClient, type PrismaClient, type SecurityEvent } from '@tessera/database';
import { createTestDatabase } from '@tessera/database/local';
import { createEventWriter, SecurityEventRecorder } from '@tessera/database/security-events';
import { createAdmission } from '@/lib/auth/admission';
import { createAuth } from '@/lib/auth/auth';
import { createAuthHandler } from '@/lib/auth/auth-handler';
import { parseWebEnvironment, type WebEnvironment } from '@/lib/env';
import { listWrittenMails, type WrittenMail } from '@/lib/mail/file-mailer';
import { MailOutbox } from '@/lib/mail/mail-outbox';
import { createMailer, mailFolder } from '@/lib/mail/mailer';
import type { AdmissionGateOptions } from '@/server/admission-gate';
import { SharedSecret } from '@/server/signing/shared-secret';
import { createKeyRing } from './key-ring';
import { startTcpProxy } from './tcp-proxy';

export const WEB_URL = 'http://localhost:3000';
export const PASSWORD = 'Correct-Horse-7';

/** A whole issuer on a database of its own, called as Next's route handler calls it. */
export interface AuthServer {
  environment: WebEnvironment;
  /** For a front door before it. */
  gate: AdmissionGateOptions;
  /** Signs the access tokens, unless JWT_MODE is jwks. */
  jwtSecret: string;
  /** In that mode, looks at the database again; nothing else does here. */
  refreshKeys(): Promise<void>;
  /** As if it had not been possible to read them for a minute. */
  loseSightOfKeys(): void;
  /** As tessera_web, to look at what was written. */
  db: PrismaClient;
  /** A new browser: it keeps cookies and sends `Origin`, as browsers do. */
  browser(): Browser;
  handle(request: Request): Promise<Response>;
  /** Runs a statement that the app's own role may not. */
  asOwner(statement: string): Promise<void>;
  /** As the owner of the tables: for what a test does in a transaction of its own. */
  ownerUrl: string;
  /** The security events so far, once they are written; oldest first. */
  events(): Promise<SecurityEvent[]>;
  /** The mails to one address, newest first, once all that are under way have been written. */
  mailsTo(address: string): Promise<WrittenMail[]>;
  /** Cuts the issuer, and only it, off from the database. */
  disconnectDatabase(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAuthServer(variables: Record<string, string> = {}): Promise<AuthServer> {
  const database = await createTestDatabase();
  const jwtSecret = randomBytes(32).toString('base64url');
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-mail-'));
  const environment = parseWebEnvironment({
    DATA_DIR: dataDir,
    WEB_DATABASE_URL: database.webUrl,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64url'),
    JWT_SECRET: jwtSecret,
    AUTH_RATE_LIMIT: 'off',
    ...variables,
  });
  const proxy = await startTcpProxy(database.webUrl);
  const pool = createDatabaseClient({ url: proxy.url, poolSize: 5 });
  const db = createDatabaseClient({ url: database.webUrl, poolSize: 2 });
  let time = 0;
  const ring = createKeyRing(pool, { secret: environment.cookieSecret, now: () => time });
  const keys = environment.signing.mode === 'jwks' ? ring : new SharedSecret(jwtSecret);
  if (keys === ring) await ring.refresh();
  const outbox = new MailOutbox(createMailer(environment), []);
  const auth = createAuth(environment, pool, keys, outbox);
  const recorder = new SecurityEventRecorder({
    source: 'web',
    write: createEventWriter(db),
    report: (message, error) => process.stderr.write(`${message} ${String(error)}\n`),
  });
  const admission = createAdmission(environment.authCapacity);
  const handle = createAuthHandler(auth, environment, keys, recorder, admission);
  return {
    environment,
    gate: { admission, recorder },
    jwtSecret,
    refreshKeys: () => ring.refresh(),
    loseSightOfKeys: () => void (time += 60_000),
    db,
    handle,
    browser: () => new Browser(handle),
    disconnectDatabase: proxy.cut,
    ownerUrl: database.ownerUrl,
    async events() {
      await recorder.flush();
      return db.securityEvent.findMany({ orderBy: { occurredAt: 'asc' } });
    },
    async mailsTo(address) {
      await outbox.idle();
      const mails = await listWrittenMails(mailFolder(environment.dataDir));
      return mails.filter((mail) => mail.to === address);
    },
    async asOwner(statement) {
      const owner = createDatabaseClient({ url: database.ownerUrl, poolSize: 1 });
      await owner.$executeRawUnsafe(statement);
      await owner.$disconnect();
    },
    async stop() {
      await outbox.idle();
      await recorder.close();
      await pool.$disconnect();
      await db.$disconnect();
      await proxy.cut();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export class Browser {
  readonly cookies = new Map<string, string>();
  #handle;

  constructor(handle: (request: Request) => Promise<Response>) {
    this.#handle = handle;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { headers });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: WEB_URL, ...headers },
      body: JSON.stringify(body ?? {}),
    });
  }

  signUp(email: string, password = PASSWORD, name = 'Livia'): Promise<Response> {
    return this.post('/sign-up/email', { name, email, password });
  }

  signIn(email: string, password = PASSWORD): Promise<Response> {
    return this.post('/sign-in/email', { email, password });
  }

  async #send(path: string, init: RequestInit & { headers: Record<string, string> }) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const answer = await this.#handle(
      new Request(`${WEB_URL}/api/auth${path}`, { ...init, headers }),
    );
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}
