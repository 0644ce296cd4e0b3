import type { DeviceSession } from '@/lib/device-session';

/** As people name a device: "Firefox on Windows". */
export function deviceName({ browser, system }: DeviceSession['device']): string {
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system ?? 'An unknown device';
}
