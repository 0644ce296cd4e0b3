import type { Page } from '@playwright/test';
import { addTask, claimsOf, expect, newAccount, product, signUp, test } from './person.js';

/** Counts how often a page asks for a token. */
function countTokenRequests(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/auth/token')) count += 1;
  });
  return () => count;
}

/** The `jti` of each token that a page sends to the API. */
function tokensSent(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    const token = request.headers()['authorization']?.slice('Bearer '.length);
    if (token) sent.push(String(claimsOf(token)['jti']));
  });
  return sent;
}

test.describe('US5 token renewal', () => {
  test('US5 within 5 minutes of expiry the client gets a new token and the user notices nothing', async ({
    page,
  }) => {
    await page.clock.install();
    await signUp(page, newAccount());
    const sent = tokensSent(page);
    await addTask(page, 'Before the renewal');
    // From here on: the first token is in use now.
    const asked = countTokenRequests(page);
    await page.clock.fastForward('05:00');
    await addTask(page, 'Long before expiry');
    expect(asked()).toBe(0);
    await page.clock.fastForward('06:00');
    await expect.poll(asked).toBe(1);
    await addTask(page, 'After the renewal');
    expect(new Set(sent).size).toBe(2);
    await expect(page).toHaveURL(/\/tasks$/);
  });

  test('US5 ten tabs renew with one token request per window', async ({ context }) => {
    test.setTimeout(90_000);
    const first = await context.newPage();
    await context.clock.install();
    await signUp(first, newAccount());
    const tabs = [first];
    while (tabs.length < 10) {
      const tab = await context.newPage();
      await tab.goto('/tasks');
      await expect(tab.getByText('Nothing to do yet')).toBeVisible();
      tabs.push(tab);
    }
    const counts = tabs.map(countTokenRequests);
    const asked = () => counts.reduce((sum, count) => sum + count(), 0);
    for (const window of [1, 2, 3]) {
      // The clock of all its tabs.
      await context.clock.fastForward('11:00');
      await expect.poll(asked).toBeGreaterThanOrEqual(window);
      // Each tab needs the new token for this, and uses what it heard of it.
      for (const [at, tab] of tabs.entries()) await addTask(tab, `Window ${window}, tab ${at}`);
      expect(asked()).toBe(window);
    }
  });

  test('US5 when the session itself has ended the user signs in again', async ({ page }) => {
    const account = newAccount();
    await page.clock.install();
    await signUp(page, account);
    await product.sql('DELETE FROM session USING "user" u WHERE u.id = "userId" AND u.email = $1', [
      account.email,
    ]);
    await page.clock.fastForward('11:00');
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
