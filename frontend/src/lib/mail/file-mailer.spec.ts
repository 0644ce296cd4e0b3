import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileMailer, listWrittenMails } from './file-mailer';

const mail = (number: number) => ({
  to: 'livia@example.com',
  subject: `Mail ${number}`,
  text: 'Hello,\n\nhttp://localhost:3000/reset-password#token=abc\n',
});

describe('mails that are written to a folder', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'tessera-mail-'));
    folder = join(parent, 'not there yet', 'mail');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('are listed newest first, as they were sent', async () => {
    const mailer = new FileMailer(folder);
    for (const number of [1, 2, 3]) await mailer.send(mail(number));
    const listed = await listWrittenMails(folder);
    expect(listed.map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 2', 'Mail 1']);
    expect(listed[0]).toEqual({ ...mail(3), id: expect.any(String), at: expect.any(Date) });
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3);
  });

  it('are for nobody else to read', async () => {
    await new FileMailer(folder).send(mail(1));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const [name = ''] = await readdir(folder);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('are no more than 200: the oldest go', async () => {
    const mailer = new FileMailer(folder);
    for (let number = 1; number <= 203; number += 1) await mailer.send(mail(number));
    const listed = await listWrittenMails(folder);
    expect(listed).toHaveLength(200);
    expect(listed.at(-1)?.subject).toBe('Mail 4');
  });

  it('are none where there is no folder, and nothing else in it is taken for one', async () => {
    expect(await listWrittenMails(folder)).toEqual([]);
    await new FileMailer(folder).send(mail(1));
    await writeFile(join(folder, 'notes.json'), '{}');
    await writeFile(join(folder, 'half.json.part'), '{');
    expect(await listWrittenMails(folder)).toHaveLength(1);
  });
});
