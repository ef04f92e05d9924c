import { generatedSite } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { Mirror, startWorld, type World } from './__fixtures__/harness.ts';

interface Size {
  readonly spaces: number;
  readonly pages: number;
  readonly blogposts: number;
}

const sizes: readonly Size[] = [
  { spaces: 1, pages: 1, blogposts: 0 },
  { spaces: 3, pages: 1300, blogposts: 260 },
];

async function startGenerated(size: Size): Promise<{
  world: World;
  keys: string[];
  run: (mirror: Mirror) => Promise<number>;
}> {
  const world = await startWorld({ site: generatedSite(size) });
  const keys = world.site.spaces.all().map(({ key }) => key);
  const run = async (mirror: Mirror): Promise<number> => {
    const connector = world.connect({ spaces: keys });
    await connector.check(world.call);
    await mirror.sync(world, connector);
    return world.takeRequests().length;
  };
  return { world, keys, run };
}

/** P/250 + B/250 + 3·S + 5, each quotient rounded up in each space. */
function allowance({ site }: World): number {
  const count = (kind: string, spaceId: string): number =>
    site.contents.all().filter((item) => item.kind === kind && item.spaceId === spaceId).length;
  const perSpace = site.spaces
    .all()
    .map(
      ({ id }) => Math.ceil(count('page', id) / 250) + Math.ceil(count('blogpost', id) / 250) + 3,
    );
  return perSpace.reduce((sum, each) => sum + each, 5);
}

describe('requests', () => {
  it.each(sizes)(
    'stay in the allowance for %j: fresh, unchanged and with changes',
    async (size) => {
      const { world, run } = await startGenerated(size);
      const mirror = new Mirror();

      const fresh = await run(mirror);
      const unchanged = await run(mirror);

      expect(fresh).toBeLessThanOrEqual(allowance(world));
      expect(unchanged).toBeLessThanOrEqual(fresh);
      expect(mirror.documents.size).toBe(size.pages + size.blogposts);
    },
  );

  it.each([1, 100, 101, 350])('for %i changed pages grow by a hundredth and 3', async (count) => {
    const { world, run } = await startGenerated({ spaces: 1, pages: 400, blogposts: 10 });
    const mirror = new Mirror();
    await run(mirror);
    const unchanged = await run(mirror);

    const pages = world.site.contents.all().filter(({ kind }) => kind === 'page');
    for (const { id } of pages.slice(0, count)) world.site.edit(id, '<p>New</p>');
    const changed = await run(mirror);

    expect(changed - unchanged).toBeLessThanOrEqual(Math.ceil(count / 100) + 3);
    expect([...mirror.revisions.values()].filter((each) => each.startsWith('2@'))).toHaveLength(
      count,
    );
  });
});
