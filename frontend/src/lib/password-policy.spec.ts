import { missedPasswordRules, normalizePassword } from './password-policy';

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
});
