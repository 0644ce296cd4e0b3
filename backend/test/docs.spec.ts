import { startTestApp, type TestApp } from './support/test-app.js';

let testApp: TestApp;
beforeAll(async () => {
  testApp = await startTestApp();
});
afterAll(() => testApp.close());

describe('Swagger UI', () => {
  it('is served with its scripts, under a policy that lets them run and nothing foreign', async () => {
    const page = await testApp.request(null, 'GET', '/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/);
    expect(page.headers['content-security-policy']).toMatch(/;frame-ancestors 'none'/);
    expect(page.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe|https?:/);
    for (const asset of ['swagger-ui-bundle.js', 'swagger-ui.css', 'swagger-ui-init.js']) {
      expect((await testApp.request(null, 'GET', `/docs/${asset}`)).status).toBe(200);
    }
  });

  it('never writes a token to the storage of the browser (FR-013)', async () => {
    const script = await testApp.request(null, 'GET', '/docs/swagger-ui-init.js');
    expect(script.text).toMatch(/"persistAuthorization": false/);
  });

  it('has its document at /docs-json, with every route', async () => {
    const { status, body } = await testApp.request(null, 'GET', '/docs-json');
    expect(status).toBe(200);
    expect(Object.keys(body['paths'] as object)).toContain('/api/users/{userId}/tasks');
  });
});
