import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import { addPages, collect, readScopes } from './__fixtures__/harness.ts';

describe.each(deployments)('fetch-parts on $name', ({ startWorld, isCloud, personId }) => {
  it.runIf(isCloud)(
    'comments and attachments that are gone are told by one request for 100 of them',
    async () => {
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

      expect(events).toMatchObject([
        { type: 'upsert', document: { id: `footer-comment:${there}` } },
      ]);
      expect(world.takeRequests().map((url) => url.replace(/\?.*/, ''))).toEqual([
        '/wiki/api/v2/content/convert-ids-to-types',
        '/wiki/api/v2/content/convert-ids-to-types',
        `/wiki/api/v2/footer-comments/${there}`,
      ]);
    },
  );

  it.each([
    ['is who wrote it, whoever edited it later', true],
    ['is not told when the first version is not kept any more', false],
  ])('the author of a comment %s', async (_, isKept) => {
    const world = await startWorld();
    const [page = ''] = addPages(world.site, 1);
    const mei = world.site.addUser({ name: 'Mei' });
    const comment = world.site.comments.addFooter({ on: page, body: '<p>Here</p>', by: mei });
    world.site.comments.edit(comment, '<p>There</p>');
    if (!isKept) world.site.comments.dropHistory(comment);
    const connector = world.connect();
    const [scope] = await readScopes(connector, world);
    if (scope === undefined) return expect.fail('There is no scope.');

    const id = `footer-comment:${comment}`;
    const [event] = await collect(connector.fetch([id], scope, world.call));

    expect(event).toMatchObject({ type: 'upsert', document: { id, revision: '2@ENG' } });
    const told = event?.type === 'upsert' ? event.document.author : undefined;
    // Data Center tells it with the comment itself.
    expect(told?.id).toBe(isKept || !isCloud ? personId(mei) : undefined);
  });
});
