import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpMailer } from './smtp-mailer';

const FROM = 'Tessera <no-reply@example.com>';

interface Received {
  from: string;
  to: string[];
  content: string;
}

describe('mails that are sent by SMTP', () => {
  let server: SMTPServer;
  let mailer: SmtpMailer;
  let received: Received[];
  beforeEach(async () => {
    received = [];
    const onData: SMTPServerOptions['onData'] = (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString(),
        });
        done();
      });
    };
    server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const address = server.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    mailer = new SmtpMailer(`smtp://127.0.0.1:${port}`, FROM);
  });
  afterEach(async () => {
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it('arrive as they were written, from the address that is configured', async () => {
    const link = 'http://localhost:3000/reset-password#token=abcdefghijklmnopqrstuvwxyz012345';
    const text = `Hello,\n\n${link}\n`;
    await mailer.send({ to: 'livia@example.com', subject: 'A new password', text });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'no-reply@example.com', to: ['livia@example.com'] });
    expect(received[0]?.content).toContain(`From: ${FROM}`);
    expect(received[0]?.content).toContain('Subject: A new password');
    expect(received[0]?.content).toContain(link);
  });

  it.each([
    ['a line break', 'livia@example.com\r\nBcc: victim@example.com'],
    ['a comma', 'livia@example.com, victim@example.com'],
    ['a name and brackets', 'livia@example.com <victim@example.com>'],
  ])('go to nobody else by %s in the address', async (_, to) => {
    await mailer.send({ to, subject: 'Hello', text: 'Hello' }).catch(() => undefined);
    expect(received.flatMap((mail) => mail.to)).not.toContain('victim@example.com');
    for (const { content } of received) expect(content).not.toMatch(/^bcc:/im);
  });

  it('have no other headers by a line break in the subject', async () => {
    const subject = 'Hello\r\nBcc: victim@example.com\r\n\r\nAnother body';
    await mailer.send({ to: 'livia@example.com', subject, text: 'Hello' });
    expect(received[0]?.to).toEqual(['livia@example.com']);
    expect(received[0]?.content).not.toMatch(/^bcc:/im);
    expect(received[0]?.content).not.toMatch(/^Another body/m);
  });

  it('fail when no server takes them', async () => {
    const deaf = new SmtpMailer('smtp://127.0.0.1:1', FROM);
    const mail = { to: 'livia@example.com', subject: 'Hello', text: 'Hello' };
    await expect(deaf.send(mail)).rejects.toThrow('ECONNREFUSED');
    deaf.close();
  });
});
