import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mail, Mailer } from './mailer';

const KEPT = 200;
/** The name begins with the time, so that names sort as the mails came. */
const NAME = /^\d{13}-\d{6}-[0-9a-f-]{36}\.json$/;

const written = z.object({
  at: z.iso.datetime().transform((text) => new Date(text)),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
});

export interface WrittenMail extends Mail {
  id: string;
  at: Date;
}

let sequence = 0;

/** In place of sending: one readable file per mail, for the owner of the folder only; the newest stay. */
export class FileMailer implements Mailer {
  readonly #folder;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const at = new Date();
    sequence = (sequence + 1) % 1_000_000;
    const id = `${at.getTime()}-${String(sequence).padStart(6, '0')}-${randomUUID()}`;
    const content = JSON.stringify({ at: at.toISOString(), to, subject, text }, null, 2);
    const path = join(this.#folder, `${id}.json`);
    // Under its own name only when it is whole: somebody may be listing.
    await writeFile(`${path}.part`, content, { mode: 0o600, flag: 'wx' });
    await rename(`${path}.part`, path);
    const outdated = (await mailNames(this.#folder)).slice(KEPT);
    await Promise.all(outdated.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

/** The mails in the folder, newest first. */
export async function listWrittenMails(folder: string): Promise<WrittenMail[]> {
  const mails = await Promise.all(
    (await mailNames(folder)).map(async (name) => {
      const content = await readFile(join(folder, name), 'utf8').catch(() => undefined);
      // Pruned since the folder was read.
      if (content === undefined) return [];
      return [{ id: name.slice(0, -'.json'.length), ...written.parse(JSON.parse(content)) }];
    }),
  );
  return mails.flat();
}

async function mailNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => NAME.test(name)).sort((a, b) => (a < b ? 1 : -1));
}
