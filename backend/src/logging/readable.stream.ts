import type { DestinationStream } from 'pino';
import { z } from 'zod';

const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'ERROR',
  60: 'FATAL',
};

const line = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().optional(),
  context: z.string().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
  responseTime: z.number().optional(),
  req: z.looseObject({ method: z.string(), path: z.string() }).optional(),
  res: z.looseObject({ status: z.number() }).optional(),
  err: z.looseObject({ stack: z.string().optional() }).optional(),
});

/** For a developer's terminal: one short line of text in place of each line of JSON. */
export function createReadableStream(output: { write(text: string): unknown }): DestinationStream {
  return { write: (text) => void output.write(toReadableLine(text)) };
}

export function toReadableLine(text: string): string {
  const parsed = line.safeParse(JSON.parse(text));
  if (!parsed.success) return text;
  const { level, time, msg, context, code, requestId, req, res, responseTime, err } = parsed.data;
  const parts = [
    new Date(time).toISOString().slice(11, 23),
    (LEVELS[level] ?? String(level)).padEnd(5),
    context && `[${context}]`,
    req && res ? `${res.status} ${req.method} ${req.path} ${responseTime ?? '?'} ms` : msg,
    code,
    requestId && `#${requestId}`,
    err?.stack && `\n${err.stack}`,
  ];
  return `${parts.filter(Boolean).join(' ')}\n`;
}
