import { keepKnownFields } from './known-fields';

const keep = (path: string, type: string | null, body: string) => {
  const kept = keepKnownFields(`/api/auth${path}`, type, new Uint8Array(Buffer.from(body)));
  return typeof kept === 'string' ? kept : Buffer.from(kept ?? []).toString();
};

describe('the fields of a form', () => {
  it.each([
    ['application/json', '{"email":"a@b.c","redirectTo":"http://x/"}', '{"email":"a@b.c"}'],
    ['application/json; charset=utf-8', '{"callbackURL":"x"}', '{}'],
    ['Application/Problem+JSON', '{"__proto__":{"email":"x"},"a":1}', '{}'],
    ['application/x-www-form-urlencoded', 'email=a%40b.c&redirectTo=x', 'email=a%40b.c'],
  ])('are the known ones of %s', (type, body, kept) => {
    expect(keep('/request-password-reset', type, body)).toBe(kept);
  });

  it.each([
    ['application/json', '{"email":'],
    ['application/json', '["email"]'],
    ['application/json', 'null'],
    ['text/plain', '{"redirectTo":"x"}'],
    [null, '{"redirectTo":"x"}'],
  ])('are left for Better Auth to refuse in what is none: %s %s', (type, body) => {
    expect(keep('/request-password-reset', type, body)).toBe(body);
  });

  it('are none of a route that is not in the list', () => {
    expect(keep('/new-route', 'application/json', '{"a":1}')).toBe('{}');
  });
});
