// Replaces a file as a whole or not at all, one writer at a time.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './terminal.mjs';

const PERMISSIONS = 0o777;

/**
 * Reads a file, and puts what `edit` makes of it in its place, with the same owner and mode. The new
 * text is written to `<file>.lock`, which exists as long as somebody works on the file.
 *
 * @param edit text → `{ text, ... }`, which is returned; when it throws, the file is as it was
 * @throws Refusal when the file cannot be replaced
 */
export function editFile(file, edit) {
  try {
    // A symbolic link stays one.
    const target = realpathSync(file);
    const result = replace(target, `${target}.lock`, edit);
    fsyncAt(dirname(target));
    return result;
  } catch (error) {
    throw error.code === undefined ? error : new Refusal(sentenceFor(file, error.code));
  }
}

function replace(target, lock, edit) {
  // Before it is opened: a pipe would be waited for.
  const { mode, uid, gid } = statOf(target);
  const descriptor = open(lock);
  try {
    const before = readFileSync(target);
    const result = edit(decode(before));
    writeFileSync(descriptor, result.text);
    const own = process.geteuid?.() === uid && process.getegid?.() === gid;
    if (!own) fchownSync(descriptor, uid, gid);
    // Last, and from 0600: it is never open to more than the file is.
    fchmodSync(descriptor, mode & PERMISSIONS);
    fsyncSync(descriptor);
    if (!readFileSync(target).equals(before)) {
      throw new Refusal(`${target} was changed by another program just now. Nothing was written.`);
    }
    renameSync(lock, target);
    return result;
  } catch (error) {
    unlinkSync(lock);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function statOf(target) {
  const status = statSync(target);
  if (!status.isFile()) throw new Refusal(`${target} is not a regular file.`);
  if (status.nlink > 1) {
    throw new Refusal(`${target} has a second name (a hard link), which would keep the old keys.`);
  }
  return status;
}

function open(lock) {
  try {
    return openSync(lock, 'wx', 0o600);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    throw new Refusal(
      `${lock} exists: another run is at work, or one was cut off. When none is, remove that file and try again.`,
    );
  }
}

/** Strict, and with the byte order mark kept: what cannot be read cannot be written back either. */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('The file is not UTF-8 text.');
  }
}

/** A new name in a folder survives a power cut only when the folder is on the disk as well. */
function fsyncAt(folder) {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function sentenceFor(file, code) {
  const causes = {
    ENOENT: ': there is no such file. ENV_FILE names it; npm start makes .env',
    EBUSY: ': it is mounted by itself, so it cannot be replaced. Mount its folder instead',
  };
  return `Cannot change ${file} (${code})${causes[code] ?? ''}.`;
}
