import type { Credentials } from './credentials.js';

/** One row of the table: a server and what it is asked. */
export interface HttpRow {
  readonly title: string;
  /** Rows that name the same server share its process. */
  readonly server: keyof typeof SERVERS;
  readonly credentials: Credentials;
  readonly status: number;
}

/** Module and argument of each server process. */
export const SERVERS = {
  twin: ['twin'],
  bare: ['bare'],
  // Accepting and refusing are measured apart: they would share each other's optimised code.
  bareCold: ['bare'],
  bareRefusing: ['bare'],
  full: ['full'],
  fullCold: ['full'],
  fullRefusing: ['full'],
  expressKeyObject: ['express-passport', 'key-object'],
  expressString: ['express-passport', 'string'],
  fastifyJwt: ['fastify-jwt', 'uncached'],
  fastifyJwtCached: ['fastify-jwt', 'cached'],
} as const satisfies Record<string, readonly [string, string?]>;

const accepted = (title: string, server: HttpRow['server'], credentials: Credentials): HttpRow => ({
  title,
  server,
  credentials,
  status: 200,
});

const refused = (title: string, server: HttpRow['server'], credentials: Credentials): HttpRow => ({
  title,
  server,
  credentials,
  status: 401,
});

/** In the order of the table; each round goes through all of them. */
export const HTTP_ROWS = {
  twin: accepted('Nest + Fastify, unguarded twin', 'twin', 'one token'),
  bare: accepted('Tessera bare, one token', 'bare', 'one token'),
  bareThousand: accepted('Tessera bare, 1000 tokens', 'bare', '1000 tokens'),
  bareCold: accepted('Tessera bare, tokens never seen', 'bareCold', 'unseen tokens'),
  full: accepted('Tessera full, one token', 'full', 'one token'),
  fullThousand: accepted('Tessera full, 1000 tokens', 'full', '1000 tokens'),
  fullCold: accepted('Tessera full, tokens never seen', 'fullCold', 'unseen tokens'),
  expressKeyObject: accepted(
    'Nest + Express + passport-jwt, KeyObject',
    'expressKeyObject',
    'one token',
  ),
  expressString: accepted('Nest + Express + passport-jwt, string', 'expressString', 'one token'),
  fastifyJwt: accepted('Fastify + @fastify/jwt', 'fastifyJwt', 'one token'),
  fastifyJwtCached: accepted('Fastify + @fastify/jwt, cache on', 'fastifyJwtCached', 'one token'),
  bareForged: refused('Tessera bare refuses a bad signature', 'bareRefusing', 'bad signature'),
  bareMissing: refused('Tessera bare refuses no token', 'bareRefusing', 'no token'),
  bareExpired: refused('Tessera bare refuses an expired token', 'bareRefusing', 'expired token'),
  fullForged: refused('Tessera full refuses a bad signature', 'fullRefusing', 'bad signature'),
  fullMissing: refused('Tessera full refuses no token', 'fullRefusing', 'no token'),
  fullExpired: refused('Tessera full refuses an expired token', 'fullRefusing', 'expired token'),
} satisfies Record<string, HttpRow>;

export type HttpRowName = keyof typeof HTTP_ROWS;
