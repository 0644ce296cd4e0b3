import { createHash } from 'node:crypto';
import pg from 'pg';
import { freePort } from '../ports.mjs';
import { createPlace } from './started-product.mjs';

// Two starts, on a machine that may be busy.
jest.setTimeout(120_000);

const PASSWORD = 'Analytical-Engine-1843';

let place;
/** How many answers said that an event of a kind happened. */
let caused;
const cause = (kind) => (caused[kind] = (caused[kind] ?? 0) + 1);

beforeEach(async () => {
  caused = {};
  place = await createPlace();
  Object.assign(place.environment, {
    AUTH_RATE_LIMIT: 'off',
    API_RATE_LIMIT: '100',
    WEB_METRICS_PORT: String(await freePort()),
  });
});
afterEach(() => place.remove());

/** A browser that keeps its session cookie. */
function createBrowser() {
  let cookie;
  const send = async (path, init) => {
    const headers = { ...init.headers, ...(cookie ? { cookie } : {}) };
    const answer = await fetch(`${place.web}/api/auth${path}`, { ...init, headers });
    const [given] = answer.headers.getSetCookie();
    if (answer.ok && given) cookie = given.split(';')[0];
    await answer.clone().arrayBuffer();
    return answer;
  };
  return {
    get: (path) => send(path, {}),
    post: (path, body = {}, origin = place.web) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(body),
      }),
  };
}

/** Does something many times, a few at once, as several people would. */
async function repeat(times, work) {
  const one = async (worker) => {
    for (let index = worker; index < times; index += 8) await work(index);
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => one(worker)));
}

/** @param kinds by status, what an answer means */
async function expectOneOf(kinds, answer) {
  const { status } = await answer;
  if (!(status in kinds)) throw new Error(`Answered ${status}`);
  cause(kinds[status]);
}

async function callApi(path, token) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(`${place.api}/api${path}`, { headers });
  await answer.arrayBuffer();
  return answer;
}

/** More than 500 events, of every kind that can be caused without waiting, at both apps. */
async function causeEvents() {
  const email = (index) => `person-${index}@example.com`;
  const browsers = Array.from({ length: 10 }, createBrowser);
  await repeat(10, async (index) => {
    const account = { name: 'Ada', email: email(index), password: PASSWORD };
    await expectOneOf({ 200: 'sign_up' }, browsers[index].post('/sign-up/email', account));
  });
  const tokens = await Promise.all(
    browsers.map(async (browser) => (await (await browser.get('/token')).json()).token),
  );
  await repeat(40, (index) =>
    expectOneOf(
      { 200: 'sign_in success' },
      createBrowser().post('/sign-in/email', { email: email(index % 10), password: PASSWORD }),
    ),
  );
  await repeat(120, (index) =>
    expectOneOf(
      { 401: 'sign_in failure' },
      createBrowser().post('/sign-in/email', { email: email(index), password: 'Wrong-1' }),
    ),
  );
  await repeat(60, (index) =>
    expectOneOf(
      { 200: 'password_reset_requested' },
      createBrowser().post('/request-password-reset', { email: email(index) }),
    ),
  );
  const forged = (index) => createHash('sha256').update(String(index)).digest('base64url');
  await repeat(150, (index) =>
    expectOneOf(
      { 401: 'token_refused', 429: 'rate_limited' },
      callApi('/users/x', `${tokens[0]}${forged(index)}`),
    ),
  );
  await repeat(120, (index) =>
    expectOneOf(
      { 403: 'foreign_route_refused', 429: 'rate_limited' },
      callApi('/users/somebody-else', tokens[index % 2]),
    ),
  );
  await repeat(5, async (index) => {
    await expectOneOf({ 200: 'sign_out' }, browsers[index].post('/sign-out'));
    cause('session_revoked');
  });
  // The last thing before the stop: both apps still hold some in memory.
  await Promise.all([
    repeat(60, (index) =>
      expectOneOf(
        { 403: 'foreign_origin_refused' },
        browsers[index % 10].post('/sign-out', {}, 'https://elsewhere.example'),
      ),
    ),
    repeat(60, () =>
      expectOneOf({ 401: 'token_refused', 429: 'rate_limited' }, callApi('/users/x')),
    ),
  ]);
}

/** Rows and sums by kind, as the web app's role reads them. */
async function recorded() {
  const setting = place
    .processes()
    .flatMap(({ environment }) => environment)
    .find((setting) => setting.startsWith('WEB_DATABASE_URL='));
  const client = new pg.Client({ connectionString: setting.slice('WEB_DATABASE_URL='.length) });
  await client.connect();
  const { rows } = await client.query(
    `SELECT kind || CASE kind WHEN 'sign_in' THEN ' ' || outcome ELSE '' END AS kind,
       sum(count)::int AS sum, count(*)::int AS rows
     FROM security_event GROUP BY 1`,
  );
  await client.end();
  return rows;
}

describe('both apps together', () => {
  it('record as many events as were caused, also across a stop in order (SC-009)', async () => {
    const product = place.start();
    await product.ready;
    await causeEvents();
    const metrics = await fetch(`http://127.0.0.1:${place.environment.WEB_METRICS_PORT}/metrics`);
    expect(await metrics.text()).toContain(
      'tessera_security_events_total{source="web",kind="foreign_origin_refused",outcome="refused"} 60',
    );
    product.child.kill('SIGTERM');
    await product.exited;

    const again = place.start();
    await again.ready;
    const rows = await recorded();
    expect(Object.values(caused).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500);
    expect(Object.fromEntries(rows.map(({ kind, sum }) => [kind, sum]))).toEqual(caused);
    // What strangers cause in a flood is counted (FR-026), in two minutes at the most.
    const floods = rows.filter(({ kind }) => /refused|failure|limited|requested/.test(kind));
    expect(floods).toHaveLength(6);
    expect(floods.filter((flood) => flood.rows > 22)).toEqual([]);
  });
});
