import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { parseJsonObject } from './strict-json.parser.js';

/** A key set has a handful of keys of at most a kilobyte or two. */
const MAX_BYTES = 64 * 1024;
const MAX_KEYS = 100;

/** The entries of a key set, unchecked; or why there are none, in words that hold nothing of the answer. */
export type FetchedKeySet =
  | { readonly ok: true; readonly entries: readonly unknown[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Asks an issuer for its key set, once. Node's own client and not `fetch`, since what it does not do
 * is the point: it follows no redirect, sends no credentials, unpacks nothing, asks no proxy.
 *
 * @param signal ends the attempt, whatever it has come to
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-5
 */
export async function fetchKeySet(url: URL, signal: AbortSignal): Promise<FetchedKeySet> {
  try {
    const response = await get(url, signal);
    if (response.statusCode !== 200) {
      response.destroy();
      return failed(`it answered ${response.statusCode}`);
    }
    const body = await readBody(response);
    return body === undefined ? failed('the answer is too long') : toEntries(body);
  } catch (error) {
    return failed(signal.aborted ? 'no answer in time' : codeOf(error));
  }
}

function get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    accept: 'application/jwk-set+json, application/json',
    // A cache in between would hand out a key that was withdrawn.
    'cache-control': 'no-cache',
  };
  return new Promise((resolve, reject) => {
    // A connection of its own: the global agent may have been given a proxy by the environment.
    request(url, { agent: false, auth: null, headers, signal }, resolve).on('error', reject).end();
  });
}

async function readBody(response: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toEntries(body: Buffer): FetchedKeySet {
  const entries = parseJsonObject(body)?.['keys'];
  if (!Array.isArray(entries)) return failed('the answer is not a key set');
  if (entries.length > MAX_KEYS) return failed('the answer has too many keys');
  return { ok: true, entries };
}

const failed = (reason: string): FetchedKeySet => ({ ok: false, reason });

/** Such as ECONNREFUSED. Not the message, which may quote what was received. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'the connection failed';
}
