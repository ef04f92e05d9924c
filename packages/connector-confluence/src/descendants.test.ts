import { describe, expect, it } from 'vitest';

import { deployments } from './__fixtures__/deployments.ts';
import {} from './__fixtures__/harness.ts';

describe.each(deployments)('descendants on $name', ({ startWorld, isCloud }) => {
  it('what lies below a page is found at any depth, folders and what is in them too', async () => {
    const world = await startWorld();
    const top = world.site.addPage({ space: 'ENG', title: 'Top' });
    const ids: string[] = [];
    let parent = top;
    for (let level = 1; level <= 23; level += 1) {
      const kind = isCloud && level % 5 === 0 ? 'folder' : 'page';
      parent = world.site.addPage({ space: 'ENG', title: `Level ${level}`, kind, parent });
      ids.push(kind === 'folder' ? `folder:${parent}` : parent);
    }
    const found: string[] = [];

    for await (const some of world.connect().descendants(top, world.call)) found.push(...some);

    expect(found).toEqual(ids);
  });
});
