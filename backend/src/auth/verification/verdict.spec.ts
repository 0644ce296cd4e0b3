import { accept, refuse } from './verdict.js';

describe('a verdict', () => {
  it('accepts with what was found', () => {
    expect(accept('ada')).toStrictEqual({ ok: true, value: 'ada' });
  });

  it('refuses by a code, and names a claim only where one is at fault', () => {
    expect(refuse('expired')).toStrictEqual({ ok: false, code: 'expired' });
    const missing = { ok: false, code: 'missing_claim', claim: 'sub' };
    expect(refuse('missing_claim', 'sub')).toStrictEqual(missing);
  });
});
