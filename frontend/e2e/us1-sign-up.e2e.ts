import {
  addTask,
  callApi,
  claimsOf,
  expect,
  newAccount,
  newBrowser,
  product,
  signUp,
  test,
  tokenOf,
} from './person.js';

test.describe('US1 sign up', () => {
  test('US1 a valid e-mail and password make an account, sign in, and open the app in one form (SC-001)', async ({
    page,
  }) => {
    const account = newAccount();
    const started = Date.now();
    await signUp(page, account);
    await expect(page.getByLabel('New task')).toBeVisible();
    expect(Date.now() - started).toBeLessThan(30_000);
    await expect(page.getByText(account.name).first()).toBeVisible();
    expect(await product.sql('SELECT name FROM "user" WHERE email = $1', [account.email])).toEqual([
      { name: account.name },
    ]);
  });

  test('US1 FR-009 FR-010 a JWT with exactly the agreed claims is available right after', async ({
    page,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const { token, expiresAt, serverTime } = await tokenOf(page);
    const header = JSON.parse(
      Buffer.from(token.split('.')[0] ?? '', 'base64url').toString(),
    ) as object;
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'typ']);
    const claims = claimsOf(token);
    expect(Object.keys(claims).sort()).toEqual([
      'aud',
      'email',
      'exp',
      'iat',
      'iss',
      'jti',
      'sid',
      'sub',
      'user_id',
    ]);
    expect(claims).toMatchObject({
      iss: product.web,
      aud: product.api,
      email: account.email,
      sub: claims['user_id'],
      exp: expiresAt,
    });
    expect(expiresAt - serverTime).toBeLessThanOrEqual(900);
    expect((await callApi(`/users/${String(claims['sub'])}`, token)).status).toBe(200);
  });

  test('US1 FR-002 an e-mail already used, in whatever case, gets a clear error and makes no second account', async ({
    page,
    browser,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const context = await newBrowser(browser);
    const other = await context.newPage();
    await other.goto('/sign-up');
    await other.getByLabel('Name').fill('Somebody Else');
    await other.getByLabel('E-mail').fill(` ${account.email.toUpperCase()} `);
    await other.getByLabel('Password', { exact: true }).fill(account.password);
    await other.getByRole('button', { name: 'Create account' }).click();
    await expect(other.getByText(/already/i)).toBeVisible();
    await expect(other.getByLabel('Name')).toHaveValue('Somebody Else');
    expect(
      await product.sql('SELECT count(*)::int FROM "user" WHERE email = $1', [account.email]),
    ).toEqual([{ count: 1 }]);
    await context.close();
  });

  test('US1 FR-003 SC-008 a weak password shows the rules that it misses, before anything is sent', async ({
    page,
  }) => {
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/auth/sign-up')) sent.push(request.url());
    });
    await page.goto('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(newAccount().email);
    await page.getByLabel('Password', { exact: true }).fill('weak');
    await page.getByRole('button', { name: 'Create account' }).click();
    for (const rule of [/8 characters/i, /upper-?case/i, /digit|number/i]) {
      await expect(page.getByText(rule).first()).toBeVisible();
    }
    await expect(page).toHaveURL(/\/sign-up$/);
    expect(sent).toEqual([]);
  });

  test('US1 FR-003 the server refuses a weak password that the form did not stop', async ({
    page,
  }) => {
    for (const password of ['Short1a', 'alllowercase1', 'ALLUPPERCASE1', 'NoDigitsHere']) {
      const response = await page.request.post('/api/auth/sign-up/email', {
        data: { ...newAccount(), password },
      });
      expect(response.status(), password).toBe(400);
    }
  });

  test('US1 SC-010 a reload keeps the session and the tasks', async ({ page }) => {
    await signUp(page, newAccount());
    await addTask(page, 'Write the first program');
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Write the first program' })).toBeVisible();
  });
});
