import { z } from 'zod';

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `30s`, `15m`, `24h`, `7d` → seconds. */
export const durationSeconds = z
  .string()
  .regex(/^[0-9]{1,6}[smhd]$/, 'must be a number and a unit, such as 30s, 15m, 24h or 7d')
  .transform((text) => Number(text.slice(0, -1)) * (SECONDS[text.slice(-1)] ?? Number.NaN));
