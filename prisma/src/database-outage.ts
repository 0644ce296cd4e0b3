import { codesOf, errorLayers } from './error-layers.js';

/** Prisma's codes for a database that cannot be reached, is saturated or hung up. */
const PRISMA_CODES = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1008',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]);

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
]);

/** Kinds that the driver adapter reports in place of a code. */
const ADAPTER_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'AuthenticationFailed',
  'TlsConnectionError',
  'TransactionAlreadyClosed',
]);

/**
 * Classes of SQLSTATE in which the request is fine and the server is not: connection (08), refused
 * login (28), resources (53), operator and time-out (57), system (58); read-only during a fail-over, a
 * database that is closed or not there (yet), locks.
 *
 * @see https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
const SQLSTATE = /^(?:08|28|53|57|58)[0-9A-Z]{3}$|^(?:25006|3D000|40001|40P01|55000|55P03)$/;

/** What pg says, without any code, of a connection that ended or never came about. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|server closed the connection|client was closed|cannot use a pool after/i;

/**
 * Tells whether an error means that the database cannot serve now (answer 503 and try again later),
 * rather than that this one query was wrong. Looks through the layers that wrap the driver's error.
 */
export function isDatabaseOutage(error: unknown): boolean {
  for (const layer of errorLayers(error)) {
    const codes = codesOf(layer);
    if (codes.some((code) => PRISMA_CODES.has(code) || SOCKET_CODES.has(code))) return true;
    if (codes.some((code) => SQLSTATE.test(code))) return true;
    if (typeof layer['kind'] === 'string' && ADAPTER_KINDS.has(layer['kind'])) return true;
    if (typeof layer['message'] === 'string' && MESSAGES.test(layer['message'])) return true;
  }
  return false;
}
