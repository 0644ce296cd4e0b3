import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import pg from 'pg';

/** What the start of the product left for the tests. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is set when the product starts`);
  return value;
}

export const product = {
  get web() {
    return variable('E2E_WEB_URL');
  },
  get api() {
    return variable('E2E_API_URL');
  },
  get jwtSecret() {
    const secret = parseEnv(readFileSync(variable('E2E_ENV_FILE'), 'utf8'))['JWT_SECRET'];
    if (secret === undefined) throw new Error('The product wrote no JWT_SECRET');
    return secret;
  },
  /** Takes the database away from the product, or gives it back. */
  async database(action: 'cut' | 'restore') {
    await fetch(`${variable('E2E_DATABASE_SWITCH')}/${action}`, { method: 'POST' });
  },
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: variable('E2E_OWNER_URL') });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  },
};

export interface Account {
  name: string;
  email: string;
  password: string;
}

export const newAccount = (name = 'Ada Lovelace'): Account => ({
  name,
  email: `${randomUUID()}@example.com`,
  password: 'Analytical-Engine-1843',
});

/** A browser of its own, as of another person. */
export function newBrowser(
  browser: Browser,
  storageState?: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<BrowserContext> {
  return browser.newContext({ baseURL: product.web, ...(storageState ? { storageState } : {}) });
}

export async function signUp(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill(account.name);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
}

export async function signIn(page: Page, account: Account): Promise<void> {
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

/** Opens the link of the newest mail to this person, as the page in place of a mailbox shows it. */
export async function followMail(page: Page, account: Account, subject: RegExp): Promise<void> {
  const mail = page
    .getByRole('listitem')
    .filter({ hasText: account.email })
    .filter({ has: page.getByRole('heading', { name: subject }) });
  await page.goto('/mail');
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(mail.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await mail.first().getByRole('link').first().click();
}

/** Takes the cookies away. Leaves the page first: an open one would notice, and go to sign-in by itself. */
export async function forgetSession(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

export async function addTask(page: Page, title: string): Promise<void> {
  await page.getByLabel('New task').fill(title);
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('checkbox', { name: title })).toBeVisible();
}

/** The token as the page would get it, by the page's own session. */
export async function tokenOf(page: Page) {
  const response = await page.request.get('/api/auth/token');
  expect(response.status()).toBe(200);
  return (await response.json()) as { token: string; expiresAt: number; serverTime: number };
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

/** Calls the API outside any browser, with just this token. */
export function callApi(path: string, token?: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${product.api}/api${path}`, {
    ...init,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      'content-type': 'application/json',
    },
  });
}

/**
 * Every test opens in a fresh browser of its own. All come from one address, so each test starts with
 * that address's attempts forgotten: the limits are on, as they are for everybody.
 */
export const test = base.extend({
  context: async ({ browser }, use) => {
    await product.sql('DELETE FROM "rateLimit"');
    await product.sql('DELETE FROM sign_in_backoff');
    const context = await newBrowser(browser);
    await use(context);
    await context.close();
  },
});

export { expect };
