import type { GenericEndpointContext } from 'better-auth';
import { applyCredentialRules } from './credential-rules';

const apply = (path: string | undefined, body: unknown) =>
  applyCredentialRules({ path, body } as unknown as GenericEndpointContext, 'classic');

describe('the rules for credentials', () => {
  it.each([
    ['/sign-up/email', { name: 'Livia', email: 'a@example.com', password: 'weak' }],
    ['/admin/create-user', { email: 'a@example.com', password: 'weak' }],
    ['/admin/set-user-password', { newPassword: 'weak' }],
    ['/change-password', { currentPassword: 'x', newPassword: 'weak' }],
    ['/reset-password', { token: 't', newPassword: 'weak' }],
    // Server-only endpoints, set-password among them, have no path.
    [undefined, { newPassword: 'weak' }],
  ])('hold a new password to the policy on %s (FR-003)', async (path, body) => {
    await expect(apply(path, body)).rejects.toThrow(
      /The password still needs: at least 8 characters/,
    );
  });

  it('let any password try to sign in: the policy is for new ones', async () => {
    const body = { email: 'a@example.com', password: 'x' };
    await expect(apply('/sign-in/email', body)).resolves.toBeUndefined();
  });

  it.each(['/sign-in/email', '/sign-up/email', '/request-password-reset', undefined])(
    'trim and lower-case the e-mail on %s (FR-002)',
    async (path) => {
      const body = { name: 'Livia', email: '  Livia@Example.COM ', password: 'Correct-Horse-7' };
      await apply(path, body);
      expect(body.email).toBe('livia@example.com');
    },
  );

  it.each([undefined, null, 'text', 7])('leave a body of %p to the endpoint', async (body) => {
    await expect(apply('/sign-up/email', body)).resolves.toBeUndefined();
  });
});
