import { type BodyLink, rewriteLinks } from './body-links.ts';
import type { ContentStore } from './content-store.ts';
import { bodyOf, type Content, type Space } from './content.ts';

type SpaceOf = (content: Content) => Space;

function isSameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function pointsAt(link: BodyLink, from: Space, target: Content, targetSpace: Space): boolean {
  return (
    link.kind === target.kind &&
    isSameText(link.title, target.title) &&
    isSameText(link.spaceKey ?? from.key, targetSpace.key)
  );
}

/**
 * Rewrites the links of other bodies when a page gets another title or space. Confluence does this
 * without a new version of those pages, so their dates and version numbers stay.
 *
 * `before` is the page as the links still name it.
 */
export function followTarget(store: ContentStore, before: Content, spaceOf: SpaceOf): void {
  const after = store.get(before.id);
  const oldSpace = spaceOf(before);
  const newSpace = spaceOf(after);
  for (const referrer of store.referrersOf(before.title)) {
    const from = spaceOf(referrer);
    const body = rewriteLinks(bodyOf(referrer), (link) => {
      if (!pointsAt(link, from, before, oldSpace)) return undefined;
      const isLocal = from.id === newSpace.id;
      return { ...link, title: after.title, spaceKey: isLocal ? undefined : newSpace.key };
    });
    if (body !== bodyOf(referrer)) store.update(referrer.id, { body });
  }
}

/** Names the old space in the links of a page that leaves it, so that they keep their targets. */
export function keepTargets(store: ContentStore, id: string, from: Space, to: Space): void {
  const content = store.get(id);
  const body = rewriteLinks(bodyOf(content), (link) => {
    const spaceKey = link.spaceKey ?? from.key;
    return { ...link, spaceKey: isSameText(spaceKey, to.key) ? undefined : spaceKey };
  });
  if (body !== bodyOf(content)) store.update(id, { body });
}

/** Writes the new key of a space into every link that names the old one. */
export function followSpaceKey(store: ContentStore, oldKey: string, newKey: string): void {
  for (const content of store.all()) {
    const body = rewriteLinks(bodyOf(content), (link) =>
      link.spaceKey !== undefined && isSameText(link.spaceKey, oldKey)
        ? { ...link, spaceKey: newKey }
        : undefined,
    );
    if (body !== bodyOf(content)) store.update(content.id, { body });
  }
}
