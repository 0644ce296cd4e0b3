import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editFile } from '../locked-file.mjs';

let folder;
let file;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'tessera-file-'));
  file = join(folder, '.env');
  fs.writeFileSync(file, 'before', { mode: 0o600 });
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = () => editFile(file, () => ({ text: 'after' }));
const read = () => fs.readFileSync(file, 'utf8');

describe('a file that is replaced', () => {
  it('has the new text, and nothing lies beside it', () => {
    expect(editFile(file, (text) => ({ text: `${text}, after` }))).toEqual({
      text: 'before, after',
    });
    expect(read()).toBe('before, after');
    expect(fs.readdirSync(folder)).toEqual(['.env']);
  });

  it.each([0o600, 0o640, 0o400, 0o644])('keeps its mode: %i', (mode) => {
    fs.chmodSync(file, mode);
    write();
    expect(fs.statSync(file).mode % 0o1000).toBe(mode);
  });

  it('is open to nobody else while it is written', () => {
    fs.chmodSync(file, 0o644);
    editFile(file, (text) => {
      expect(fs.statSync(`${file}.lock`).mode % 0o1000).toBe(0o600);
      return { text };
    });
  });

  it('is the one that a symbolic link points to, and the link stays', () => {
    const link = join(folder, 'link');
    fs.symlinkSync('.env', link);
    editFile(link, () => ({ text: 'after' }));
    expect(fs.readlinkSync(link)).toBe('.env');
    expect(read()).toBe('after');
  });

  it('is as it was when the edit refuses', () => {
    const refuse = () => {
      throw new Error('out of order');
    };
    expect(() => editFile(file, refuse)).toThrow('out of order');
    expect(read()).toBe('before');
    expect(fs.readdirSync(folder)).toEqual(['.env']);
  });

  it('keeps what another program has written meanwhile', () => {
    const meanwhile = () => {
      fs.writeFileSync(file, 'theirs');
      return { text: 'ours' };
    };
    expect(() => editFile(file, meanwhile)).toThrow(/changed by another program/);
    expect(read()).toBe('theirs');
  });

  it('is left to the one who works on it, and to whoever looks after a cut-off run', () => {
    fs.writeFileSync(`${file}.lock`, 'half of');
    expect(write).toThrow(/\.env\.lock exists.* remove that file/);
    expect(read()).toBe('before');
    expect(fs.existsSync(`${file}.lock`)).toBe(true);
  });

  it('loses none of twenty edits that happen at once', async () => {
    fs.writeFileSync(file, '');
    const script = `
      import { editFile } from ${JSON.stringify(join(__dirname, '..', 'locked-file.mjs'))};
      const until = Date.now() + 20_000;
      for (;;) {
        try {
          editFile(${JSON.stringify(file)}, (text) => ({ text: text + process.pid + '\\n' }));
          break;
        } catch (error) {
          if (Date.now() > until || !/exists/.test(error.message)) throw error;
        }
      }`;
    const runs = Array.from({ length: 20 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(
      runs.map((run) => new Promise((resolve) => run.once('exit', resolve))),
    );
    expect(codes).toEqual(runs.map(() => 0));
    expect(new Set(read().trim().split('\n'))).toEqual(new Set(runs.map(({ pid }) => String(pid))));
  });
});

describe('what cannot be replaced is refused in one sentence', () => {
  it.each([
    ['a missing file', /ENOENT.*no such file/, () => fs.rmSync(file)],
    ['a folder', /not a regular file/, () => (fs.rmSync(file), fs.mkdirSync(file))],
    ['a pipe', /not a regular file/, () => (fs.rmSync(file), execFileSync('mkfifo', [file]))],
    ['a dangling link', /ENOENT/, () => (fs.rmSync(file), fs.symlinkSync('nowhere', file))],
    ['a link to itself', /ELOOP/, () => (fs.rmSync(file), fs.symlinkSync('.env', file))],
    ['a file with two names', /second name/, () => fs.linkSync(file, join(folder, 'other'))],
    ['bytes that are no UTF-8', /not UTF-8/, () => fs.writeFileSync(file, Buffer.of(0x41, 0xff))],
  ])('%s', (_what, why, prepare) => {
    prepare();
    expect(write).toThrow(why);
    expect(fs.existsSync(`${file}.lock`)).toBe(false);
  });
});

// Only root can make such files.
if (process.getuid?.() === 0) {
  describe('the file of another user', () => {
    it('keeps its owner and group', () => {
      fs.chownSync(file, 65_534, 1);
      write();
      expect(fs.statSync(file)).toMatchObject({ uid: 65_534, gid: 1 });
    });

    it('is refused to one who could not give it back', () => {
      fs.chmodSync(folder, 0o777);
      fs.chmodSync(file, 0o644);
      try {
        process.seteuid(65_534);
        expect(write).toThrow(/EPERM/);
      } finally {
        process.seteuid(0);
      }
      expect(read()).toBe('before');
      expect(fs.readdirSync(folder)).toEqual(['.env']);
    });
  });
}
