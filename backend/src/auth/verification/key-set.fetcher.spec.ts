import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http from 'node:http';
import { answers, TestIssuer } from '../../../test/support/test-issuer.js';
import { fetchKeySet } from './key-set.fetcher.js';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await TestIssuer.start();
});
afterEach(() => issuer.close());

const never = () => new AbortController().signal;
const fetchFrom = (url: string, signal = never()) => fetchKeySet(new URL(url), signal);
const tooLate = { ok: false, reason: 'no answer in time' };
const keySetOf = (count: number) =>
  JSON.stringify({ keys: Array.from({ length: count }, () => 1) });

describe('fetchKeySet', () => {
  it('gives back the entries of the key set, whatever they are', async () => {
    issuer.published = [{ kid: 'a' }, 5];
    expect(await fetchFrom(issuer.url)).toEqual({ ok: true, entries: [{ kid: 'a' }, 5] });
  });

  it('sends no credentials, not even those of the URL, and no cookies', async () => {
    await fetchFrom(issuer.url.replace('http://', 'http://user:password@'));
    const names = Object.keys(issuer.requests[0] ?? {}).sort();
    expect(names).toEqual(['accept', 'cache-control', 'connection', 'host']);
  });

  it('wants no copy of a cache in between, which may hold a key that was withdrawn', async () => {
    await fetchFrom(issuer.url);
    expect(issuer.requests[0]?.['cache-control']).toBe('no-cache');
  });

  it('does not use the agent of the process, which may know a proxy', async () => {
    const agent = http.globalAgent;
    const proxy = new http.Agent();
    proxy.createConnection = () => {
      throw new Error('by way of the proxy');
    };
    http.globalAgent = proxy;
    try {
      expect(await fetchFrom(issuer.url)).toMatchObject({ ok: true });
    } finally {
      http.globalAgent = agent;
    }
  });

  it.each([201, 204, 206, 304, 401, 404, 429, 500])(
    'takes no key set from a %i',
    async (status) => {
      issuer.answer = answers.status(status);
      expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason: `it answered ${status}` });
    },
  );

  it('hangs up on an answer that is none', async () => {
    const hungUp = new Promise((resolve) => {
      issuer.answer = (response) => response.on('close', resolve).writeHead(500).write('…');
    });
    expect(await fetchFrom(issuer.url)).toMatchObject({ ok: false });
    await hungUp;
  });

  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    const elsewhere = await TestIssuer.start();
    issuer.answer = answers.status(status, { location: elsewhere.url });
    expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason: `it answered ${status}` });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });

  it('takes 64 kB and 100 keys', async () => {
    issuer.answer = answers.body(keySetOf(100).padEnd(65_536));
    expect(await fetchFrom(issuer.url)).toMatchObject({ ok: true });
  });

  it('refuses a byte more, and reads no further', async () => {
    issuer.answer = answers.body(keySetOf(1).padEnd(65_537));
    const reason = 'the answer is too long';
    expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason });
    issuer.answer = answers.endless;
    expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason });
  });

  it('refuses a key more', async () => {
    issuer.answer = answers.body(keySetOf(101));
    expect(await fetchFrom(issuer.url)).toMatchObject({ reason: 'the answer has too many keys' });
  });

  it.each([
    '',
    'down for maintenance',
    '[]',
    'null',
    '{}',
    '{"keys":{}}',
    '{"keys":[',
    '{"keys":[],"keys":[]}',
    '{"keys":["\xff"]}',
  ])('does not take %j for a key set', async (body) => {
    issuer.answer = answers.body(Buffer.from(body, 'latin1'));
    expect(await fetchFrom(issuer.url)).toEqual({
      ok: false,
      reason: 'the answer is not a key set',
    });
  });

  it('names the failure of a connection, and quotes nothing', async () => {
    issuer.answer = answers.hangUp;
    expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason: 'ECONNRESET' });
    const { url } = issuer;
    await issuer.close();
    expect(await fetchFrom(url)).toEqual({ ok: false, reason: 'ECONNREFUSED' });
    issuer = await TestIssuer.start();
  });

  it('takes no part of a key set for the whole', async () => {
    issuer.answer = (response) => {
      const body = '{"keys":[]}';
      response.writeHead(200, { 'content-length': String(body.length + 1) });
      response.write(body, () => response.socket?.destroy());
    };
    expect(await fetchFrom(issuer.url)).toEqual({ ok: false, reason: 'ECONNRESET' });
  });

  it('gives up on an issuer that says nothing, when it is told to', async () => {
    const attempt = new AbortController();
    issuer.answer = () => attempt.abort();
    expect(await fetchFrom(issuer.url, attempt.signal)).toEqual(tooLate);
  });

  it('gives up in the middle of an answer, and hangs up', async () => {
    const attempt = new AbortController();
    const hungUp = new Promise((resolve) => {
      issuer.answer = (response) => answers.unfinished(response.on('close', resolve));
    });
    const abort = () => attempt.abort();
    subscribe('http.client.response.finish', abort);
    expect(await fetchFrom(issuer.url, attempt.signal)).toEqual(tooLate);
    unsubscribe('http.client.response.finish', abort);
    await hungUp;
  });
});
