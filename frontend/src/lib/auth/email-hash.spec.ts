import { hashEmail } from './email-hash';

const SECRET = 'n5Wc7JrZ1xLm4Pd6Hs9q8yVY2bEoKk3T';

describe('the hash of an e-mail', () => {
  it('is the same for the same e-mail, and tells nothing of it', () => {
    const hash = hashEmail('livia@example.com', SECRET);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(hashEmail('livia@example.com', SECRET)).toBe(hash);
    expect(hashEmail('nero@example.com', SECRET)).not.toBe(hash);
  });

  it('cannot be found by trying e-mails without the secret', () => {
    expect(hashEmail('livia@example.com', SECRET)).not.toBe(
      hashEmail('livia@example.com', `${SECRET}x`),
    );
  });
});
