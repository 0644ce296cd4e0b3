import { hasMailPage, mayShowMails } from './mail-page';

const LOCAL = {
  deployment: 'local',
  smtpUrl: undefined,
  webUrl: 'http://tessera.test:3000',
} as const;

describe('the page with the mails', () => {
  it('is there on a developer’s own machine without a mail server, and nowhere else', () => {
    expect(hasMailPage(LOCAL)).toBe(true);
    expect(hasMailPage({ ...LOCAL, deployment: 'production' })).toBe(false);
    expect(hasMailPage({ ...LOCAL, smtpUrl: 'smtp://localhost' })).toBe(false);
    expect(mayShowMails({ ...LOCAL, deployment: 'production' }, 'localhost:3000')).toBe(false);
  });

  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'Tessera.test:3000'])(
    'shows them to who asked for %s',
    (host) => {
      expect(mayShowMails(LOCAL, host)).toBe(true);
    },
  );

  it.each([
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'tessera.test',
    '192.168.0.7:3000',
    '',
    null,
  ])('does not show them to who asked for %s, a name that was made to lead here', (host) => {
    expect(mayShowMails(LOCAL, host)).toBe(false);
  });
});
