import { durationSeconds } from './duration.js';

describe('a duration', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['24h', 86_400],
    ['7d', 604_800],
  ])('reads %s as %d seconds', (text, seconds) => {
    expect(durationSeconds.parse(text)).toBe(seconds);
  });

  it.each(['', '15', 'm', '-5m', '1.5h', '15 m', '15M', '1w', '9999999s'])('refuses %j', (text) => {
    expect(durationSeconds.safeParse(text).success).toBe(false);
  });
});
