import { bodyOf, type ConfluenceSite } from '@context-sync/sandbox';

/** What one space holds. */
interface SpaceCounts {
  readonly pages: number;
  readonly posts: number;
  readonly folders: number;
  readonly comments: number;
  readonly attachments: number;
  readonly people: number;
}

export type Counts = readonly SpaceCounts[];

/** How much there is, space by space. */
export function countsOf(site: ConfluenceSite): Counts {
  return site.spaces.all().map(({ id }) => {
    const own = site.contents.all().filter(({ spaceId }) => spaceId === id);
    const ids = new Set(own.map((content) => content.id));
    const count = (kind: string): number => own.filter((content) => content.kind === kind).length;
    const comments = site.comments.all().filter(({ containerId }) => ids.has(containerId));
    const attachments = site.attachments.all().filter(({ containerId }) => ids.has(containerId));
    const authors = [...own, ...comments].map(({ authorId }) => authorId);
    const mentions = own.flatMap((content) => bodyOf(content).match(/712020:[\w-]+/g) ?? []);
    const people = new Set([...authors, ...mentions]);
    return {
      pages: count('page'),
      posts: count('blogpost'),
      folders: count('folder'),
      comments: comments.length,
      attachments: attachments.length,
      people: people.size,
    };
  });
}

/** A sum over the spaces, each quotient rounded up. */
function sum(counts: Counts, ofSpace: (space: SpaceCounts) => readonly number[]): number {
  return counts.flatMap(ofSpace).reduce((total, quotient) => total + Math.ceil(quotient), 0);
}

/** The most requests that the README promises for a run, the proof of the credentials included. */
export const most = {
  fresh: (counts: Counts): number =>
    sum(counts, ({ pages, posts, folders, comments, attachments, people }) => [
      pages / 250,
      posts / 250,
      folders / 200,
      comments / 100,
      attachments / 200,
      (pages + posts) / 200,
      people / 250,
      6,
    ]) + 5,
  unchanged: (counts: Counts): number =>
    sum(counts, ({ pages, posts }) => [pages / 250, posts / 250, 2]) +
    3 * Math.ceil(counts.length / 50) +
    3,
  /** More than an unchanged run. */
  reconcile: (counts: Counts): number =>
    sum(counts, ({ pages, posts, comments, attachments, people }) => [
      comments / 100,
      attachments / 200,
      (pages + posts) / 200,
      people / 250,
    ]),
};
