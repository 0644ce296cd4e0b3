import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/local/embedded-postgres.js';

let parent: string;
let dataDir: string;
let server: EmbeddedPostgres | undefined;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tessera-embedded-'));
  dataDir = join(parent, 'data');
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  for (const path of [cluster, parent]) if (path) await rm(path, { recursive: true, force: true });
});

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server?.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}

const pidOf = async () =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

describe('the embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    await server.stop();
    server = await startEmbeddedPostgres({ dataDir });
    expect(await query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('comes back by itself, with all that was committed, after a kill -9', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(await pidOf(), 'SIGKILL');
    const until = performance.now() + 15_000;
    let rows: unknown;
    while (rows === undefined && performance.now() < until) {
      rows = await query('SELECT answer FROM kept').catch(() => undefined);
    }
    expect(rows).toEqual([{ answer: 42 }]);
  });

  it('starts over a pid file that a crash left and another process now fits', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    await writeFile(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`,
    );
    server = await startEmbeddedPostgres({ dataDir });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says so when it is in use already, and leaves the other start alone', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `Tessera already runs on ${dataDir}`,
    );
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs in a folder under one that is closed to others', async () => {
    const closed = join(parent, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o700);
    dataDir = join(closed, 'data');
    server = await startEmbeddedPostgres({ dataDir });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    server = await startEmbeddedPostgres({ dataDir });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('listens on loopback alone and keeps its passwords to their owner', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    expect(await query('SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect((await stat(join(dataDir, 'passwords.json'))).mode & 0o777).toBe(0o600);
    const wrong = new pg.Client({
      connectionString: server.ownerUrl.replace(/:[^:@]+@/, ':guess@'),
    });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses in one sentence when the passwords of its data are lost', async () => {
    server = await startEmbeddedPostgres({ dataDir });
    await server.stop();
    await rm(join(dataDir, 'passwords.json'));
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      /^DATA_DIR: .*passwords.json is missing/,
    );
  });
});
