import { z } from 'zod';
import { publicAddresses, resolveDeployment } from './deployment.js';
import { parseEnvironment } from './environment.js';

const schema = z.object(publicAddresses).transform(resolveDeployment);
const deploymentOf = (environment: Record<string, string>) => parseEnvironment(schema, environment);

describe('the deployment (FR-024)', () => {
  it('is local on the default ports when nothing is set, and listens on loopback', () => {
    expect(deploymentOf({})).toEqual({
      deployment: 'local',
      webUrl: 'http://localhost:3000',
      apiUrl: 'http://localhost:3001',
      webPort: 3000,
      apiPort: 3001,
      host: '127.0.0.1',
    });
  });

  it.each(['http://127.0.0.1:8080', 'http://[::1]:8080', 'https://localhost'])(
    'is local at %s',
    (url) => {
      expect(deploymentOf({ WEB_URL: url, API_URL: url }).deployment).toBe('local');
    },
  );

  it('is production as soon as one origin is public, and listens everywhere', () => {
    const addresses = { WEB_URL: 'https://app.example.com/', API_URL: 'https://api.example.com' };
    expect(deploymentOf(addresses)).toMatchObject({
      deployment: 'production',
      webUrl: 'https://app.example.com',
      host: '0.0.0.0',
    });
    expect(() => deploymentOf({ WEB_URL: 'https://app.example.com' })).toThrow(
      /^API_URL: must be https:/,
    );
  });

  it('refuses plain http in production, naming each variable', () => {
    const addresses = { WEB_URL: 'http://app.example.com', API_URL: 'http://api.example.com' };
    expect(() => deploymentOf(addresses)).toThrow(
      /^WEB_URL: must be https:.*\nAPI_URL: must be https:/,
    );
    expect(deploymentOf({ ...addresses, ALLOW_INSECURE_HTTP: '1' })).toMatchObject({
      deployment: 'production',
      host: '0.0.0.0',
    });
  });

  it('is not decided by anything that looks like loopback', () => {
    expect(
      deploymentOf({
        WEB_URL: 'https://localhost.example.com',
        API_URL: 'https://127.0.0.1.example.com',
      }).deployment,
    ).toBe('production');
  });

  it('can be told', () => {
    expect(() => deploymentOf({ DEPLOYMENT: 'production' })).toThrow(/WEB_URL/);
    expect(deploymentOf({ DEPLOYMENT: 'local', WEB_URL: 'https://dev.example.com' }).host).toBe(
      '127.0.0.1',
    );
  });

  it.each([
    'app.example.com',
    'ftp://app.example.com',
    'https://app.example.com/path',
    'https://user@app.example.com',
    'https://app.example.com?x=1',
  ])('refuses %s as an origin', (url) =>
    expect(() => deploymentOf({ WEB_URL: url })).toThrow(/^WEB_URL: must be an origin/m),
  );

  it.each(['0', '65536', 'abc', '3e3', '-1'])('refuses port %s', (port) => {
    expect(() => deploymentOf({ WEB_PORT: port })).toThrow(/^WEB_PORT: must be a port/);
  });
});
