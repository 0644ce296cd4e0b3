import Bowser from 'bowser';

export interface Device {
  browser: string | null;
  system: string | null;
  kind: 'desktop' | 'phone' | 'tablet' | null;
}

const KINDS: Record<string, Device['kind']> = {
  desktop: 'desktop',
  mobile: 'phone',
  tablet: 'tablet',
};

/** What a `User-Agent` says of the device. It may say anything: good to recognise one's own by. */
export function deviceOf(userAgent: string | null | undefined): Device {
  if (!userAgent) return { browser: null, system: null, kind: null };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name || null,
    system: os.name || null,
    kind: KINDS[platform.type ?? ''] ?? null,
  };
}

/** The same in words: "Firefox on Windows". */
export function deviceName(userAgent: string | null | undefined): string | null {
  const { browser, system } = deviceOf(userAgent);
  if (browser !== null && system !== null) return `${browser} on ${system}`;
  return browser ?? system;
}
