import { parseEnv } from 'node:util';
import { withVariable } from '../environment-file.mjs';

describe('a variable of an environment file', () => {
  it.each([
    ['a plain line', 'A=1\nKEY=old\nB=2\n', 'A=1\nKEY=new\nB=2\n'],
    ['a line with blanks', 'KEY = old  \nB=2\n', 'KEY = new  \nB=2\n'],
    ['an export', 'export KEY=old\n', 'export KEY=new\n'],
    ['double quotes', 'KEY="old"\n', 'KEY="new"\n'],
    ['single quotes and a comment', "KEY='old' # mine\n", "KEY='new' # mine\n"],
    ['backticks', 'KEY=`old`\n', 'KEY=`new`\n'],
    ['a comment', 'KEY=old # mine\n', 'KEY=new # mine\n'],
    ['a comment that touches', 'KEY=old#mine\n', 'KEY=new#mine\n'],
    ['a quoted value over two lines', 'KEY="o\nKEY=ld"\nB=2\n', 'KEY="new"\nB=2\n'],
    ['a quote without an end', 'KEY="old\nB=2\n', 'KEY=new\nB=2\n'],
    ['an empty value', 'KEY=\nB=2\n', 'KEY=new\nB=2\n'],
    ['Windows line ends', 'A=1\r\nKEY=old\r\nB=2\r\n', 'A=1\r\nKEY=new\r\nB=2\r\n'],
    ['no final newline', 'A=1\nKEY=old', 'A=1\nKEY=new'],
    ['duplicates, of which the last counts', 'KEY=a\nKEY=b\n', 'KEY=a\nKEY=new\n'],
    ['a commented-out twin', 'KEY=old\n# KEY=other\n', 'KEY=new\n# KEY=other\n'],
    ['a longer name', 'KEY=old\nKEY_2=x\nMY_KEY=y\n', 'KEY=new\nKEY_2=x\nMY_KEY=y\n'],
    ['a twin in another value', 'KEY=old\nN="\nKEY=x\n"\n', 'KEY=new\nN="\nKEY=x\n"\n'],
    ['an absent variable', 'A=1\n', 'A=1\nKEY=new\n'],
    ['an absent one, no final newline', 'A=1', 'A=1\nKEY=new\n'],
    ['an absent one, Windows line ends', 'A=1\r\nB=2', 'A=1\r\nB=2\r\nKEY=new\r\n'],
    ['an empty file', '', 'KEY=new\n'],
    ['a byte order mark', '\uFEFFA=1\nKEY=old\n', '\uFEFFA=1\nKEY=new\n'],
    ['junk', 'KEY=old\n<<<<<<< HEAD\n\u0000=\nB=1\n', 'KEY=new\n<<<<<<< HEAD\n\u0000=\nB=1\n'],
  ])('changes alone: %s', (_what, before, after) => {
    expect(withVariable(before, 'KEY', 'new')).toBe(after);
  });

  it.each(['a b', ' a ', 'a#b', 'a"b', "a'b", 'a`b', 'a\\nb', 'a"b\'c', '$A', '{}=', '$&$1', 'ä€'])(
    'comes back from parseEnv as it was given: %s',
    (value) => {
      for (const text of ['KEY=old # c\n', 'KEY="old"\nB=2', "KEY='old'", 'B=2']) {
        expect(parseEnv(withVariable(text, 'KEY', value)).KEY).toBe(value);
      }
    },
  );

  it.each([
    ['no quotes fit the value', 'KEY=old\n', '#"\'`'],
    ['the line before would swallow its own', 'B=1\n???\n', 'new'],
    ['a stray carriage return splits its name', 'K\rEY=old\n', 'new'],
  ])('is refused, not guessed, when %s', (_why, text, value) => {
    expect(() => withVariable(text, 'KEY', value)).toThrow(/KEY .* by hand/);
  });
});
