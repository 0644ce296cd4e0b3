import type { Figure } from './figure.js';
import type { Results } from './results.js';

const atLeast = (claim: string, value: number, least: number): Figure => ({
  claim: `${claim} ≥ ${least}×`,
  reached: `${value.toFixed(2)}×`,
  holds: value >= least,
});

const atMost = (claim: string, value: number, most: number): Figure => ({
  claim: `${claim} ≤ ${most.toFixed(2)}×`,
  reached: `${value.toFixed(2)}×`,
  holds: value <= most,
});

const atMostMicros = (claim: string, value: number, most: number): Figure => ({
  claim: `${claim} ≤ ${most} µs`,
  reached: `${value.toFixed(1)} µs`,
  holds: value <= most,
});

/** Every claim, judged by one run. */
export function judge({ micro, http }: Results): Figure[] {
  const cost = (name: keyof typeof micro) => micro[name].cpuMicros;
  const worstRefusal = Math.max(
    ...(['malformed', 'forged', 'expired', 'audience', 'unknownKey'] as const).map(cost),
  );
  const cpu = (name: keyof typeof http) => http[name].cpuMicros;
  const rate = (name: keyof typeof http) => http[name].requestsPerSecond;
  const overTwin = (name: keyof typeof http) => cpu(name) - cpu('twin');
  const faster = (ours: 'bare' | 'full', title: string, peer: keyof typeof http, least: number) => {
    const figure = atLeast(`HTTP ${ours}: req/s to ${title}`, rate(ours) / rate(peer), least);
    const byCpu = (cpu(peer) / cpu(ours)).toFixed(2);
    return { ...figure, reached: `${figure.reached} (CPU ${byCpu}×)` };
  };
  const bareRefusal = Math.max(cpu('bareForged'), cpu('bareMissing'), cpu('bareExpired'));
  const fullRefusal = Math.max(cpu('fullForged'), cpu('fullMissing'), cpu('fullExpired'));
  return [
    atLeast('Kernel, HS256 cold: rate to the limit', cost('limit') / cost('cold'), 0.8),
    atMostMicros('Kernel, HS256 at first sight: cost', cost('firstSight'), 20),
    atMostMicros('Kernel, HS256 cached: cost', cost('cached'), 6),
    atLeast('Kernel, HS256 cached: rate to cold', cost('cold') / cost('cached'), 3),
    atMost('Kernel, ES256 cold: cost to bare verify', cost('es256') / cost('es256Bare'), 1.1),
    atMost('Kernel, EdDSA cold: cost to bare verify', cost('edDsa') / cost('edDsaBare'), 1.1),
    atMost('Kernel, dearest refusal: cost to HS256 cold', worstRefusal / cost('cold'), 1),
    atMost('Kernel, 100 kB of garbage: cost to HS256 cold', cost('garbage') / cost('cold'), 0.1),
    atMostMicros('HTTP bare: guard and ownership add', overTwin('bare'), 5),
    atMostMicros('HTTP bare, 1000 tokens: they add', overTwin('bareThousand'), 5),
    atMostMicros('HTTP bare, cold: they add', overTwin('bareCold'), 14),
    faster('bare', 'passport-jwt, KeyObject', 'expressKeyObject', 8),
    faster('bare', 'passport-jwt, string', 'expressString', 25),
    faster('bare', '@fastify/jwt, cache on', 'fastifyJwtCached', 1),
    faster('full', 'passport-jwt, KeyObject', 'expressKeyObject', 5),
    faster('full', 'passport-jwt, string', 'expressString', 15),
    atMost('HTTP bare, dearest refusal: cost to cold', bareRefusal / cpu('bareCold'), 2),
    atMost('HTTP full, dearest refusal: cost to cold', fullRefusal / cpu('fullCold'), 2),
  ];
}
