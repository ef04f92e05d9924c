import { expect, it } from 'vitest';

import { errorOf, startHarness } from './__fixtures__/harness.ts';
import { sendJson, startServer } from './__fixtures__/loopback-server.ts';
import { createOrigins } from './origins.ts';

it('makes a 429 of one host pause the origin for another host', async () => {
  const origins = createOrigins();
  const { client, call, clock } = startHarness({ origins });
  const other = startHarness({ origins, clock });
  const server = await startServer((response, _request, index) =>
    index === 0 ? sendJson(response, {}, 429, { 'retry-after': '20' }) : sendJson(response, {}),
  );
  const refusedAt = clock.now();

  const refused = client({ baseUrl: server.origin, limits: { retries: 0 } });
  await errorOf(refused.json({ path: '/x' }, call()));
  await other.client({ baseUrl: server.origin }).json({ path: '/y' }, other.call());

  expect(server.requests).toHaveLength(2);
  expect(clock.now()).toBeGreaterThanOrEqual(refusedAt + 20_000);
});

it('keeps an origin open for the others when one host closes', async () => {
  const origins = createOrigins();
  const one = startHarness({ origins });
  const two = startHarness({ origins });
  const server = await startServer((response) => sendJson(response, {}));
  const http = two.client({ baseUrl: server.origin });
  await one.client({ baseUrl: server.origin }).json({ path: '/x' }, one.call());

  await one.http.close();
  await one.http.close();

  expect((await http.json({ path: '/y' }, two.call())).status).toBe(200);
});
