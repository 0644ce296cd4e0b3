import { hostname } from 'node:os';
import pino from 'pino';

export interface CompletedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly ip: string;
  readonly userAgent: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
}

const PROCESS = `"pid":${process.pid},"hostname":${JSON.stringify(hostname())}`;

/**
 * The line that pino would write, put together by hand: every request has one, and in general terms
 * it costs more than the guards. Only what a client can choose freely needs escaping.
 */
export function requestLine(level: pino.Level, request: CompletedRequest): string {
  const { requestId, method, path, ip, userAgent, status, milliseconds } = request;
  const agent = userAgent === undefined ? '' : `,"userAgent":${JSON.stringify(userAgent)}`;
  return `{"level":${pino.levels.values[level]},"time":${Date.now()},${PROCESS},"requestId":"${requestId}","req":{"method":"${method}","path":${JSON.stringify(path)},"ip":"${ip}"${agent}},"res":{"status":${status}},"responseTime":${Math.round(milliseconds * 100) / 100},"msg":"request completed"}\n`;
}
