import { networkInterfaces } from 'node:os';
import { Counter, Registry } from 'prom-client';
import { serveMetrics, type MetricsServer } from './metrics.server.js';

const registry = new Registry();
let server: MetricsServer;
beforeAll(async () => {
  new Counter({ name: 'seen_total', help: 'Seen.', registers: [registry] }).inc(3);
  server = await serveMetrics(registry, 0, 'WEB_METRICS_PORT');
});
afterAll(() => server.close());

const at = (path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, init);

describe('the metrics server', () => {
  it('serves what Prometheus reads', async () => {
    const answer = await at('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('seen_total 3');
  });

  it('has nothing else, and takes nothing', async () => {
    expect((await at('/')).status).toBe(404);
    expect((await at('/metrics', { method: 'POST' })).status).toBe(405);
  });

  it('listens on loopback alone', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address } of addresses.filter(
      ({ internal, family }) => !internal && family === 'IPv4',
    )) {
      await expect(fetch(`http://${address}:${server.port}/metrics`)).rejects.toThrow(
        'fetch failed',
      );
    }
    await expect(fetch(`http://127.0.0.2:${server.port}/metrics`)).rejects.toThrow('fetch failed');
  });

  it('says which variable names a port that is taken', async () => {
    await expect(serveMetrics(registry, server.port, 'API_METRICS_PORT')).rejects.toThrow(
      /^API_METRICS_PORT: /,
    );
  });
});
