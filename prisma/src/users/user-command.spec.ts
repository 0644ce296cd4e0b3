import { parseUserCommand } from './user-command.js';

const parse = (line: string) => parseUserCommand(line === '' ? [] : line.split(' '));

describe('the command line of npm run users', () => {
  it.each([
    ['', { name: 'help' }],
    ['help', { name: 'help' }],
    ['ban --help', { name: 'help' }],
    ['-h', { name: 'help' }],
    ['list', { name: 'list', search: '', limit: 200, asJson: false }],
    ['list --search ada --limit 5 --json', { name: 'list', search: 'ada', limit: 5, asJson: true }],
    ['ban a@b.c', { name: 'ban', user: 'a@b.c', reason: undefined, seconds: undefined }],
    ['ban id --reason spam --for 7d', { name: 'ban', user: 'id', reason: 'spam', seconds: 604800 }],
    ['unban id', { name: 'unban', user: 'id' }],
    ['sign-out id', { name: 'sign-out', user: 'id' }],
    ['delete id', { name: 'delete', user: 'id', isConfirmed: false }],
    ['delete --yes id', { name: 'delete', user: 'id', isConfirmed: true }],
  ])('is read: %s', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    ['remove id', 'There is no command remove.'],
    ['constructor id', 'There is no command constructor.'],
    ['ban', 'ban takes one e-mail or id.'],
    ['sign-out one two', 'sign-out takes one e-mail or id.'],
    ['list ada', 'list takes no user'],
    ['list --limit 0', '--limit must be'],
    ['ban id --for soon', '--for must be a duration'],
    ['unban id --for 7d', 'unban takes no --for.'],
    ['ban id --yes', 'ban takes no --yes.'],
    ['ban id --until 7d', "Unknown option '--until'"],
  ])('is refused with a sentence and the usage: %s', (line, sentence) => {
    expect(() => parse(line)).toThrow(sentence);
    expect(() => parse(line)).toThrow('Usage: npm run users');
  });

  it.each(['\u001b[31mx', 'list --\u001b[31mx'])(
    'is not echoed raw to the terminal: %j',
    (line) => {
      expect(() => parse(line)).toThrow(/^[\P{C}\n]+$/u);
    },
  );
});
