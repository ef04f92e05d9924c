import { describe, expect, it } from 'vitest';

import { configSchema } from './config.ts';

function read(config: object) {
  return configSchema.safeParse({ auth: { token: 'env:TOKEN' }, spaces: ['ENG'], ...config });
}

describe('the deployment', () => {
  it.each([
    ['https://wiki.acme.com/confluence', undefined, 'https://wiki.acme.com/confluence', true],
    ['https://acme.com/a/b/display/ENG/Home', undefined, 'https://acme.com/a/b', true],
    [
      'https://acme.com/docs/pages/viewpage.action?pageId=1',
      undefined,
      'https://acme.com/docs',
      true,
    ],
    ['https://wiki.acme.com', 'data-center', 'https://wiki.acme.com', true],
    ['https://wiki.acme.com/spaces/ENG/overview', 'data-center', 'https://wiki.acme.com', true],
    ['https://acme.com/wiki/dashboard.action', 'data-center', 'https://acme.com/wiki', true],
    ['https://wiki.acme.com', undefined, 'https://wiki.acme.com/wiki', false],
    ['https://wiki.acme.com/wiki', 'cloud', 'https://wiki.acme.com/wiki', false],
  ])('of %s, given as %s', (address, deployment, baseUrl, isServer) => {
    const { data } = read({ baseUrl: address, deployment });

    expect(data?.baseUrl).toBe(baseUrl);
    expect(data?.deployment === 'data-center').toBe(isServer);
  });

  it.each([
    [{ baseUrl: 'https://acme.atlassian.net', deployment: 'data-center' }, 'deployment'],
    [{ baseUrl: 'https://acme.com/confluence', deployment: 'cloud' }, 'baseUrl'],
    [{ baseUrl: 'https://acme.com/confluence', gateway: true }, 'baseUrl'],
    [{ baseUrl: 'https://acme.com', gateway: true, deployment: 'data-center' }, 'gateway'],
    [{ baseUrl: 'https://acme.com', deployment: 'server' }, 'deployment'],
    [{ baseUrl: 'https://acme.com/confluence', body: 'adf' }, 'body'],
    [{ baseUrl: 'https://acme.com', body: 'view' }, 'body'],
  ])('is refused in %j at %s', (config, field) => {
    expect(read(config).error?.issues).toMatchObject([{ path: [field] }]);
  });
});
