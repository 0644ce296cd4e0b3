import { loadPasswordStrength } from './password-strength';

const nobody = {};

describe('the strength of a password, as the form shows it', () => {
  it('grows with what it takes to guess it', async () => {
    const strengthOf = await loadPasswordStrength();
    expect(strengthOf('Password1', nobody).score).toBe(0);
    expect(strengthOf('plinth-ochre-Numidia-42-quarry', nobody).score).toBe(4);
  });

  it('says what makes it weak', async () => {
    const strengthOf = await loadPasswordStrength();
    expect(strengthOf('aaaaaaaa', nobody).warning).toMatch(/again and again/);
    expect(strengthOf('plinth-ochre-Numidia-42-quarry', nobody).warning).toBeNull();
  });

  it("is less for the owner's own words", async () => {
    const strengthOf = await loadPasswordStrength();
    const livia = { email: 'drusilla.augusta@example.com', name: 'Livia' };
    const password = 'drusilla.augusta';
    expect(strengthOf(password, livia).score).toBeLessThan(strengthOf(password, nobody).score);
  });

  it.each([
    ['Password1', true],
    ['ＰASSWORD1', true],
    ['Correct-Horse-7', false],
  ])('knows whether the server will refuse %s as common: %s', async (password, isCommon) => {
    const strengthOf = await loadPasswordStrength();
    expect(strengthOf(password, nobody).isCommon).toBe(isCommon);
  });

  it('is told at once for the longest password', async () => {
    const strengthOf = await loadPasswordStrength();
    const begun = performance.now();
    strengthOf('P4$sW0rD'.repeat(16), nobody);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('is loaded once', () => {
    expect(loadPasswordStrength()).toBe(loadPasswordStrength());
  });
});
