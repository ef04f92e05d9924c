import { expect, it } from 'vitest';

import { addPages, collect, readScopes, startWorld } from './__fixtures__/harness.ts';

it('comments and attachments that are gone are told by one request for 100 of them', async () => {
  const world = await startWorld();
  const [page = ''] = addPages(world.site, 1);
  const there = world.site.comments.addFooter({ on: page, body: '<p>Here</p>' });
  const gone = Array.from({ length: 120 }, (_, index) => `footer-comment:${900_000 + index}`);
  const connector = world.connect();
  const [scope] = await readScopes(connector, world);
  if (scope === undefined) return expect.fail('There is no scope.');
  world.takeRequests();

  const ids = [...gone, `footer-comment:${there}`];
  const events = await collect(connector.fetch(ids, scope, world.call));

  expect(events).toMatchObject([{ type: 'upsert', document: { id: `footer-comment:${there}` } }]);
  expect(world.takeRequests().map((url) => url.replace(/\?.*/, ''))).toEqual([
    '/wiki/api/v2/content/convert-ids-to-types',
    '/wiki/api/v2/content/convert-ids-to-types',
    `/wiki/api/v2/footer-comments/${there}`,
  ]);
});
