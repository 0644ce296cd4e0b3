// Changes one variable of an environment file and leaves every other byte of it as it is.
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { Refusal } from './terminal.mjs';

const QUOTES = ['', "'", '"', '`'];

/**
 * Where a variable seems to be assigned: a guess, since a quoted value may span lines that look like
 * assignments. What parseEnv makes of the changed text decides, so the apps and we cannot disagree.
 */
const assignment = (name) =>
  new RegExp(
    String.raw`^([ \t]*(?:export[ \t]+)?${name}[ \t]*=[ \t]*)(?:(["'\x60])[^]*?\2|[^#\r\n]*?(?=[ \t]*(?:#|\r?$)))`,
    'gm',
  );

/** The text with the variable's last assignment changed, or with a new line where there is none. */
export function withVariable(text, name, value) {
  const before = { ...parseEnv(text) };
  const wanted = { ...before, [name]: value };
  const found = [...text.matchAll(assignment(name))].map((match) => ({
    head: text.slice(0, match.index) + match[1],
    quote: match[2] ?? '',
    tail: text.slice(match.index + match[0].length),
  }));
  const added = { head: `${withFinalNewline(text)}${name}=`, quote: '', tail: newlineOf(text) };
  for (const { head, quote, tail } of name in before ? found.toReversed() : [added]) {
    for (const mark of [quote, ...QUOTES]) {
      const changed = head + mark + value + mark + tail;
      if (isDeepStrictEqual({ ...parseEnv(changed) }, wanted)) return changed;
    }
  }
  throw new Refusal(`${name} is written in a way that cannot be changed safely: edit it by hand.`);
}

export const newlineOf = (text) => (/\r?\n/.exec(text) ?? ['\n'])[0];

export const withFinalNewline = (text) =>
  text === '' || text.endsWith('\n') ? text : text + newlineOf(text);
