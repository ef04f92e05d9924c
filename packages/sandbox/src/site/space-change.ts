import type { ContentStore } from './content-store.ts';
import type { Content, Space } from './content.ts';
import { followTarget, keepTargets } from './link-refactoring.ts';
import type { SpaceStore } from './space-store.ts';

/** Takes a page with all below it to another space; links in and to it keep their targets. */
export function changeSpace(
  { contents, spaces }: { readonly contents: ContentStore; readonly spaces: SpaceStore },
  subtree: readonly Content[],
  space: Space,
): void {
  for (const before of subtree) {
    if (before.kind === 'page') contents.requireFreeTitle(space.id, before.title, before.id);
  }
  // Links must name their old space before it changes, also those between two moved pages.
  for (const { id, spaceId } of subtree) {
    keepTargets(contents, id, spaces.getById(spaceId), space);
  }
  for (const { id } of subtree) contents.update(id, { spaceId: space.id });
  for (const before of subtree) {
    followTarget(contents, before, (content) => spaces.getById(content.spaceId));
  }
}
