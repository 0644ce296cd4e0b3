import {
  addTask,
  expect,
  followMail,
  newAccount,
  newBrowser,
  product,
  signIn,
  signUp,
  test,
} from './person.js';

const NEW_PASSWORD = 'Difference-Engine-1822';

test.describe('passwords', () => {
  test('changing the password ends every other session; the tabs of this browser go on working', async ({
    page,
    context,
    browser,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const tab = await context.newPage();
    await tab.goto('/tasks');
    await addTask(tab, 'Before the change');
    const elsewhere = await newBrowser(browser);
    const other = await elsewhere.newPage();
    await other.goto('/sign-in');
    await signIn(other, account);
    await expect(other.getByRole('checkbox', { name: 'Before the change' })).toBeVisible();

    await page.goto('/account/password');
    await page.getByLabel('Current password').fill('Wrong-Password-1');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
    await page.getByLabel('Current password').fill(account.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await expect(page.getByText('Your password is changed.')).toBeVisible();

    await addTask(tab, 'After the change');
    await expect(tab).toHaveURL(/\/tasks$/);
    await other.getByRole('checkbox', { name: 'Before the change' }).click();
    await expect(other).toHaveURL(/\/sign-in\?reason=ended/);
    await signIn(other, { ...account, password: NEW_PASSWORD });
    await expect(other.getByRole('checkbox', { name: 'After the change' })).toBeVisible();
    await elsewhere.close();
  });

  test('a forgotten password is replaced by the link of a mail, whose token shows nowhere and works once', async ({
    page,
    browser,
  }) => {
    const account = newAccount();
    const device = await newBrowser(browser);
    const first = await device.newPage();
    await signUp(first, account);
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await expect(page).toHaveURL(/\/forgot-password$/);
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await expect(page.getByText('is on its way to it')).toBeVisible();
    await page.getByRole('link', { name: 'here' }).click();
    await expect(page).toHaveURL(/\/mail$/);

    const urls: string[] = [];
    page.on('request', (request) => urls.push(request.url(), request.headers()['referer'] ?? ''));
    let token = '';
    page.on('request', (request) => {
      if (request.url().endsWith('/reset-password') && request.method() === 'POST') {
        token = String((request.postDataJSON() as { token: unknown }).token);
      }
    });
    await followMail(page, account, /password/i);
    await expect(page).toHaveURL(`${product.web}/reset-password`);
    const loaded = await page.request.get('/reset-password');
    expect(loaded.headers()['cache-control']).toContain('no-store');
    await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'no-referrer');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByText('Your password is changed')).toBeVisible();
    expect(token.length).toBeGreaterThan(15);
    expect(urls.filter((url) => url.includes(token))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).toBe(
      '[{},{}]',
    );

    // Every session of the account is over.
    await first.goto('/tasks');
    await expect(first).toHaveURL(/\/sign-in/);
    await device.close();

    // The link was for once.
    await page.goto('/sign-in');
    await page.goto(`/reset-password#token=${token}`);
    await page.getByLabel('New password').fill('Another-Engine-1833');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await expect(page.getByText('does not work any more')).toBeVisible();
    await page.goto('/sign-in');
    await signIn(page, { ...account, password: NEW_PASSWORD });
    await expect(page).toHaveURL(/\/tasks$/);
  });

  test('another link of a mail in the same tab takes the place of the one before', async ({
    page,
  }) => {
    const tokens: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'POST') return;
      tokens.push((request.postDataJSON() as { token: unknown }).token);
    });
    for (const token of ['the-first-link', 'the-second-link']) {
      await page.goto(`/reset-password#token=${token}`);
      await expect(page).toHaveURL(`${product.web}/reset-password`);
      await page.getByLabel('New password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Set the password' }).click();
      await expect(page.getByText('does not work any more')).toBeVisible();
    }
    expect(tokens).toEqual(['the-first-link', 'the-second-link']);
  });

  test('SC-008 the form tells how strong a password is, and refuses what many people use, before anything is sent', async ({
    page,
  }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill(newAccount().email);
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('Password1');
    await expect(page.getByText(/Strength: (very )?weak/)).toBeVisible();
    await expect(page.getByText('Not a commonly used password')).toBeVisible();
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('attackers try it first')).toBeVisible();
    await password.fill('Lovelace-1');
    await expect(page.getByText('More than your name or e-mail')).toBeVisible();
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(password).toHaveAttribute('aria-invalid', 'true');
    await expect(page).toHaveURL(/\/sign-up$/);
    expect(sent).toEqual([]);
    await password.fill('Seven brass cogs turn at 4');
    await expect(page.getByText('Strength: strong')).toBeVisible();
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL(/\/tasks$/);
  });
});

test('the page with the mails answers for loopback names and our own only, not for a name that was bent to point here', async ({
  page,
}) => {
  const { port } = new URL(product.web);
  const statusFor = async (headers: Record<string, string>) =>
    (await page.request.get('/mail', { headers })).status();
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ host: `127.0.0.1:${port}` })).toBe(200);
  expect(await statusFor({ host: `evil.example:${port}` })).toBe(404);
  expect(
    await statusFor({ host: `evil.example:${port}`, 'x-sent-host': `localhost:${port}` }),
  ).toBe(404);
});
