import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
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

const kidOf = (secret: string) =>
  createHash('sha256').update(`tessera-kid${secret}`).digest('base64url').slice(0, 8);

/** Signs claims as the product would, with the product's own secret unless another is given. */
function sign(claims: Record<string, unknown>, secret = product.jwtSecret): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: kidOf(product.jwtSecret) })
    .sign(Buffer.from(secret));
}

test.describe('US3 API access', () => {
  test("US3 a bearer token makes the API know the user and serve only that user's data", async ({
    page,
    browser,
  }) => {
    await signUp(page, newAccount('Ada Lovelace'));
    await addTask(page, 'Secret of Ada');
    const ada = await tokenOf(page);
    const context = await newBrowser(browser);
    const bobsPage = await context.newPage();
    await signUp(bobsPage, newAccount('Bob Boole'));
    await addTask(bobsPage, 'Secret of Bob');
    await bobsPage.reload();
    await expect(bobsPage.getByRole('checkbox', { name: 'Secret of Bob' })).toBeVisible();
    await expect(bobsPage.getByText('Secret of Ada')).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Secret of Ada' })).toBeVisible();
    await expect(page.getByText('Secret of Bob')).toHaveCount(0);
    const list = await callApi(`/users/${String(claimsOf(ada.token)['sub'])}/tasks`, ada.token);
    expect(
      ((await list.json()) as { items: { title: string }[] }).items.map(({ title }) => title),
    ).toEqual(['Secret of Ada']);
    await context.close();
  });

  test('US3 a missing, expired, forged or malformed token gets 401 with a challenge', async ({
    page,
  }) => {
    await signUp(page, newAccount());
    const { token } = await tokenOf(page);
    const claims = claimsOf(token);
    const path = `/users/${String(claims['sub'])}/tasks`;
    const missing = await callApi(path);
    expect(missing.status).toBe(401);
    expect(missing.headers.get('www-authenticate')).toMatch(/^Bearer(?!.*error)/);
    const now = Math.floor(Date.now() / 1000);
    const [header, body, signature] = token.split('.');
    const refused = {
      expired: await sign({ ...claims, iat: now - 1000, exp: now - 100 }),
      'signed with another secret': await sign(
        claims,
        'another-secret-of-at-least-thirty-two-bytes',
      ),
      altered: `${header}.${Buffer.from(JSON.stringify({ ...claims, email: 'x@example.com' })).toString('base64url')}.${signature}`,
      unsigned: `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`,
      garbage: 'garbage',
    };
    for (const [kind, bad] of Object.entries(refused)) {
      const response = await callApi(path, bad);
      expect(response.status, kind).toBe(401);
      expect(response.headers.get('www-authenticate'), kind).toContain('error="invalid_token"');
    }
    // The same way of signing is accepted when nothing is wrong, so each refusal had its own reason.
    expect((await callApi(path, await sign({ ...claims }))).status).toBe(200);
  });

  test("US3 a valid token of user A on a route of user B gets 403, and B's task under A's id 404", async ({
    page,
    browser,
  }) => {
    await signUp(page, newAccount());
    const a = claimsOf((await tokenOf(page)).token);
    const { token } = await tokenOf(page);
    const context = await newBrowser(browser);
    const bobsPage = await context.newPage();
    await signUp(bobsPage, newAccount('Bob Boole'));
    await addTask(bobsPage, 'Secret of Bob');
    const bob = claimsOf((await tokenOf(bobsPage)).token);
    const [task] = await product.sql<{ id: string }>('SELECT id FROM task WHERE user_id = $1', [
      bob['sub'],
    ]);
    for (const path of ['', '/tasks', `/tasks/${task?.id}`]) {
      const response = await callApi(`/users/${String(bob['sub'])}${path}`, token);
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain('Secret of Bob');
    }
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? JSON.stringify({ title: 'stolen' }) : null;
      const response = await callApi(`/users/${String(a['sub'])}/tasks/${task?.id}`, token, {
        method,
        body,
      });
      expect(response.status, method).toBe(404);
    }
    expect(await product.sql('SELECT title FROM task WHERE id = $1', [task?.id])).toEqual([
      { title: 'Secret of Bob' },
    ]);
    await context.close();
  });

  test('US3 a task is added, edited, completed and deleted, and stays so after a reload', async ({
    page,
  }) => {
    await signUp(page, newAccount());
    await addTask(page, 'Draft the notes');
    await page.getByRole('button', { name: 'Edit Draft the notes' }).click();
    await page.getByLabel('Title').fill('Publish the notes');
    await page.getByLabel('Description').fill('All seven of them');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('checkbox', { name: 'Publish the notes' }).click();
    await expect(page.getByRole('checkbox', { name: 'Publish the notes' })).toBeChecked();
    await expect
      .poll(() =>
        product.sql('SELECT completed, description FROM task WHERE title = $1', [
          'Publish the notes',
        ]),
      )
      .toEqual([{ completed: true, description: 'All seven of them' }]);
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Publish the notes' })).toBeChecked();
    await page.getByRole('button', { name: 'Delete Publish the notes' }).click();
    const confirm = page.getByRole('alertdialog').getByRole('button', { name: /delete/i });
    if (await confirm.isVisible().catch(() => false)) await confirm.click();
    await expect(page.getByRole('checkbox', { name: 'Publish the notes' })).toHaveCount(0);
    await expect
      .poll(() => product.sql('SELECT id FROM task WHERE title = $1', ['Publish the notes']))
      .toEqual([]);
  });

  test('US3 a task that is added before the list has come stays in it', async ({ page }) => {
    const added = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/tasks'),
    );
    await page.route(
      /\/tasks\?limit=/,
      async (route) => {
        // The list as it is before the task.
        const response = await route.fetch();
        await added;
        // The page may no longer want it.
        await route.fulfill({ response }).catch(() => undefined);
      },
      { times: 1 },
    );
    await signUp(page, newAccount());
    await page.getByLabel('New task').fill('Quicker than the list');
    await page.getByRole('button', { name: 'Add task' }).click();
    await added;
    await expect(page.getByRole('checkbox', { name: 'Quicker than the list' })).toBeVisible();
  });
});
