import { expect, it } from 'vitest';

import type { Project } from '../config/project.ts';
import { networkOptions } from './runnable-sources.ts';

async function optionsOf(env: Record<string, string>): Promise<unknown> {
  const project = { options: { env } } as unknown as Project;
  return networkOptions(project);
}

it.each([
  [
    { HTTP_PROXY: 'a', HTTPS_PROXY: 'b', NO_PROXY: 'c' },
    { http: 'a', https: 'b', no: 'c' },
  ],
  [
    { http_proxy: 'a', https_proxy: 'b', no_proxy: 'c' },
    { http: 'a', https: 'b', no: 'c' },
  ],
  [{ https_proxy: 'lower', HTTPS_PROXY: 'UPPER' }, { https: 'lower' }],
  [{ HTTPS_PROXY: '' }, {}],
  [{}, {}],
])('reads the proxies of %j', async (env, proxy) => {
  expect(await optionsOf(env)).toEqual({ proxy });
});
