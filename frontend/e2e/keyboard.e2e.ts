import { addTask, expect, newAccount, product, signUp, test } from './person.js';

test('closing a dialog gives the focus back: to its button, or to "New task" when that is gone', async ({
  page,
}) => {
  await signUp(page, newAccount());
  await addTask(page, 'Sweep the floor');
  const edit = page.getByRole('button', { name: 'Edit Sweep the floor' });
  const remove = page.getByRole('button', { name: 'Delete Sweep the floor' });

  await edit.press('Enter');
  await expect(page.getByLabel('Title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(edit).toBeFocused();

  await edit.press('Enter');
  await page.getByLabel('Description').fill('Under the table, too');
  await page.getByLabel('Title').press('Enter');
  await expect(page.getByText('Under the table, too')).toBeVisible();
  await expect(edit).toBeFocused();

  await remove.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(remove).toBeFocused();

  await remove.press('Enter');
  await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await expect(remove).toHaveCount(0);
  await expect(page.getByLabel('New task')).toBeFocused();
});

test('what a task can be done to shows without hovering over it', async ({ page }) => {
  await signUp(page, newAccount());
  await addTask(page, 'Sweep the floor');
  const actions = page.getByRole('button', { name: 'Edit Sweep the floor' }).locator('..');
  await expect(actions).not.toHaveCSS('opacity', '0');
});

test('everything on the open pages lies in a landmark', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('main').getByRole('term').first()).toBeVisible();
  for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password', '/mail']) {
    await page.goto(path);
    await expect(page.getByRole('banner').getByRole('link', { name: 'Tessera' })).toBeVisible();
  }
});

test('the sentence under a new task goes when the list loads again, or when one types', async ({
  page,
}) => {
  await signUp(page, newAccount());
  const sentence = page.getByText('What you typed is kept.');
  const field = page.getByLabel('New task');
  const add = page.getByRole('button', { name: 'Add task' });
  await page.route(`${product.api}/**`, (route) => route.abort());
  await page.reload();
  await field.fill('Sweep');
  await add.click();
  await expect(sentence).toBeVisible();
  await field.press('End');
  await field.pressSequentially(' the floor');
  await expect(sentence).toHaveCount(0);
  await add.click();
  await expect(sentence).toBeVisible();
  await page.unroute(`${product.api}/**`);
  await expect(sentence).toHaveCount(0, { timeout: 15_000 });
  await expect(field).toHaveValue('Sweep the floor');
});

test('the menu opens by keyboard, goes by arrow keys and letters, and gives the focus back', async ({
  page,
}) => {
  await signUp(page, newAccount());
  const trigger = page.getByRole('button', { name: 'Account of Ada Lovelace' });
  await expect(trigger).toBeEnabled();
  await trigger.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Tasks' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Devices' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(trigger).toBeFocused();
  await trigger.press('Enter');
  await page.keyboard.press('p');
  await expect(page.getByRole('menuitem', { name: 'Password' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/account\/password$/);
  await expect(page.getByRole('link', { name: 'Password' })).toHaveAttribute(
    'aria-current',
    'page',
  );
});
