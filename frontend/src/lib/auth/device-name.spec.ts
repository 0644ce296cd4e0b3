import { deviceName, deviceOf } from './device-name';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const EDGE = `${CHROME} Edg/142.0.0.0`;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const TABLET =
  'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1';

describe('a device', () => {
  it.each([
    ['Chrome on Windows', 'desktop', CHROME],
    ['Microsoft Edge on Windows', 'desktop', EDGE],
    ['Firefox on Linux', 'desktop', FIREFOX],
    ['Safari on iOS', 'phone', IPHONE],
    ['Chrome on Android', 'phone', ANDROID],
    ['Safari on iOS', 'tablet', TABLET],
  ])('is %s, a %s', (name, kind, userAgent) => {
    expect(deviceName(userAgent)).toBe(name);
    expect(deviceOf(userAgent).kind).toBe(kind);
  });

  it.each([undefined, null, '', ' ', 'something else altogether', 'x'.repeat(10_000), '(('])(
    'is not guessed from %p',
    (userAgent) => {
      expect(deviceOf(userAgent)).toMatchObject({ system: null, kind: null });
    },
  );

  it('is named by what is known of it', () => {
    expect(deviceName('Mozilla/5.0 Gecko/20100101 Firefox/140.0')).toBe('Firefox');
    expect(deviceName(undefined)).toBeNull();
  });
});
