import { expect, test } from './person.js';

test('the files of public/ are served, and the resizing of pictures, which fetches by itself, is not', async ({
  page,
}) => {
  expect((await page.request.get('/mosaic.svg')).status()).toBe(200);
  const resize = (url: string) =>
    page.request.get('/_next/image', { params: { url, w: 640, q: 75 } });
  expect((await resize('/mosaic.svg')).status()).toBe(404);
  expect((await resize('/sign-in')).status()).toBe(404);
});
