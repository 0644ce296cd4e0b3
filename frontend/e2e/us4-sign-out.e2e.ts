import { addTask, expect, newAccount, signOut, signUp, test } from './person.js';

test.describe('US4 sign out', () => {
  test('US4 FR-008 signing out leads to the sign-in page, and protected pages redirect there', async ({
    page,
    context,
  }) => {
    await signUp(page, newAccount());
    await addTask(page, 'Private matter');
    await signOut(page);
    expect((await context.cookies()).filter((cookie) => cookie.name.includes('session'))).toEqual(
      [],
    );
    expect((await page.request.get('/api/auth/token')).status()).toBe(401);
    await page.goto('/tasks');
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test('US4 the back button after sign-out shows nothing private', async ({ page }) => {
    await signUp(page, newAccount());
    await addTask(page, 'Private matter');
    await signOut(page);
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in|\/sign-up|\/$/);
    await expect(page.getByText('Private matter')).toHaveCount(0);
  });

  test('US4 FR-008 sign-out in one tab signs the other tabs out', async ({ page, context }) => {
    await signUp(page, newAccount());
    await addTask(page, 'Private matter');
    const other = await context.newPage();
    await other.goto('/tasks');
    await expect(other.getByRole('checkbox', { name: 'Private matter' })).toBeVisible();
    await signOut(page);
    await expect(other).toHaveURL(/\/sign-in/);
    await expect(other.getByText('You are signed out, in every tab.')).toBeVisible();
    await expect(other.getByText('Private matter')).toHaveCount(0);
  });
});
