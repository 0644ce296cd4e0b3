import { MailOutbox } from './mail-outbox';
import type { Mail } from './mailer';

const SECRET = 'token=abcdefghijklmnopqrstuvwxyz012345';
const MAIL: Mail = { to: 'livia@example.com', subject: 'Hello', text: `Hello ${SECRET}` };

describe('the outbox', () => {
  let log: jest.SpyInstance;
  beforeEach(() => {
    log = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => log.mockRestore());

  it('sends a mail behind the back of whoever posts it', async () => {
    const sent: Mail[] = [];
    const outbox = new MailOutbox({ send: async (mail) => void sent.push(mail) });
    outbox.post(() => MAIL);
    expect(sent).toEqual([]);
    await outbox.idle();
    expect(sent).toEqual([MAIL]);
  });

  it('tries again what failed, and then gives up, with a word that quotes nothing of it', async () => {
    let attempts = 0;
    const send = async () => {
      attempts += 1;
      throw Object.assign(new Error(`550 ${MAIL.to} ${SECRET}`), { code: 'EENVELOPE' });
    };
    const outbox = new MailOutbox({ send }, [1, 1]);
    outbox.post(() => MAIL);
    await outbox.idle();
    expect(attempts).toBe(3);
    const lines = log.mock.calls.map(([line]) => String(line)).join('');
    expect(lines).toContain('EENVELOPE');
    expect(lines).not.toContain(MAIL.to);
    expect(lines).not.toContain(SECRET);
  });

  it('sends it once when the second attempt succeeds', async () => {
    const sent: Mail[] = [];
    let attempts = 0;
    const send = async (mail: Mail) => {
      attempts += 1;
      if (attempts === 1) throw new Error('busy');
      sent.push(mail);
    };
    const outbox = new MailOutbox({ send }, [1, 1]);
    outbox.post(() => MAIL);
    await outbox.idle();
    expect(sent).toEqual([MAIL]);
  });

  it('survives what cannot be composed, and sends nothing where there is nothing to send', async () => {
    const sent: Mail[] = [];
    const outbox = new MailOutbox({ send: async (mail) => void sent.push(mail) });
    outbox.post(() => Promise.reject(new Error('database is down')));
    outbox.post(async () => undefined);
    outbox.post(() => MAIL);
    await outbox.idle();
    expect(sent).toEqual([MAIL]);
  });

  it('takes no more than it can hold while nothing can be sent', async () => {
    let sent = 0;
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const outbox = new MailOutbox({ send: () => opened.then(() => void (sent += 1)) });
    for (let number = 0; number < 1_500; number += 1) outbox.post(() => MAIL);
    open();
    await outbox.idle();
    expect(sent).toBe(1_000);
  });
});
