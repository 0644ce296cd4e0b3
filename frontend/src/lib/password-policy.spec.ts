import {
  COMMON_PASSWORD_RULE,
  missedPasswordRules,
  normalizePassword,
  passwordProblem,
  passwordRules,
} from './password-policy';

const missed = (password: string) => missedPasswordRules(password).map((rule) => rule.id);

describe('the password rules (FR-003)', () => {
  it('hold for eight characters with an upper-case letter, a lower-case letter and a digit', () => {
    expect(missed('Abcdefg1')).toEqual([]);
  });

  it('are all named when they are missed', () => {
    expect(missed('')).toEqual(['length', 'upper', 'lower', 'digit']);
    expect(missed('Abcdef1')).toEqual(['length']);
    expect(missed('abcdefg1')).toEqual(['upper']);
    expect(missed('ABCDEFG1')).toEqual(['lower']);
    expect(missed('Abcdefgh')).toEqual(['digit']);
  });

  it('allow 128 characters and no more', () => {
    expect(missed(`Aa1${'x'.repeat(125)}`)).toEqual([]);
    expect(missed(`Aa1${'x'.repeat(126)}`)).toEqual(['maximum']);
  });

  it('count characters, not UTF-16 units', () => {
    expect(missed('Aa1🏛🏛🏛🏛')).toEqual(['length']);
  });

  it('know letters and digits of every script', () => {
    expect(missed('Ωμεγα-٣٤٥')).toEqual([]);
  });

  it('look at the one spelling under which a password is kept', () => {
    // A full-width "Ａ" and its plain letter are one password.
    expect(normalizePassword('Ａｂｃ１')).toBe('Abc1');
    // One ligature counts as the letters it stands for.
    expect(missed('Aa1\ufb03xx')).toEqual([]);
  });

  it('are length and no more with PASSWORD_POLICY=nist', () => {
    const nist = (password: string) => missedPasswordRules(password, 'nist').map(({ id }) => id);
    expect(nist('fourteen chars')).toEqual(['length']);
    expect(nist('fifteen letters')).toEqual([]);
    expect(nist('x'.repeat(129))).toEqual(['maximum']);
    expect(passwordRules('nist').map(({ text }) => text)).toContain('At least 15 characters');
    expect(passwordRules('classic').map(({ text }) => text)).toContain('At least 8 characters');
  });
});

describe("the words of a password's owner (FR-003)", () => {
  const context = { email: 'livia.drusilla@example.com', name: 'Livia Ann Drusilla' };

  it.each([
    'Livia.Drusilla1',
    'Drusilla-Livia7',
    'LIVIAlivia1-23',
    'Ｌivia-Ｄrusilla9',
    '12Drusilla34',
  ])('make %s too weak: less than eight characters are left without them', (password) => {
    for (const policy of ['classic', 'nist'] as const) {
      const ids = missedPasswordRules(password, policy, context).map(({ id }) => id);
      expect(ids).toContain('personal');
    }
  });

  it.each([
    ['eight characters are left', 'Livia-Horse-77'],
    ['a part of the name has less than four letters', 'AnnAnnAnn1'],
    ['none of them is in it', 'Correct-Horse-7'],
    ['the domain of the e-mail is not personal', 'Example.com1'],
  ])('do no harm where %s', (_, password) => {
    expect(missedPasswordRules(password, 'classic', context)).toEqual([]);
  });

  it('include a local part of three letters, and no letter that is in a word by chance', () => {
    const owned = (email: string, password: string) =>
      missedPasswordRules(password, 'classic', { email }).length > 0;
    expect(owned('bob@example.com', 'Bob-Bob-1-Bob')).toBe(true);
    expect(owned('a@example.com', 'Abracadabra1')).toBe(false);
  });

  it('are not looked for where nothing is known of the owner', () => {
    expect(missedPasswordRules('Livia.Drusilla1')).toEqual([]);
  });
});

it('the rules that are missed are told in sentences', () => {
  expect(passwordProblem(missedPasswordRules('short'))).toBe(
    'The password still needs: at least 8 characters, an upper-case letter, a digit.',
  );
  expect(passwordProblem([COMMON_PASSWORD_RULE])).toMatch(/^Many people use this password/);
  expect(passwordProblem(missedPasswordRules('Nero-Nero-1', 'classic', { name: 'Nero' }))).toMatch(
    /^Without your name and e-mail too little of this password is left\.$/,
  );
  expect(passwordProblem([])).toBe('');
});
