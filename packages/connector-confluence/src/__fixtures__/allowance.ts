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

/** Rows of one answer at most, and what a deployment asks for besides. */
interface Pace {
  readonly texts: number;
  readonly contents: number;
  readonly folders: number;
  readonly comments: number;
  readonly people: number;
  /** Changed texts, comments and attachments, by their ids or by the search. */
  readonly changes: number;
}

/** Of Data Center as it is set up at first: no more than 50 rows with texts, and 200 without. */
const paces: Readonly<Record<'cloud' | 'data-center', Pace>> = {
  cloud: { texts: 250, contents: 250, folders: 200, comments: 100, people: 250, changes: 100 },
  'data-center': {
    texts: 50,
    contents: 200,
    folders: Infinity,
    comments: 50,
    people: 1,
    changes: 50,
  },
};

/** The most requests that the documentation promises for a run, the proof of the credentials included. */
export function allowanceOf(deployment: keyof typeof paces): {
  readonly fresh: (counts: Counts) => number;
  readonly unchanged: (counts: Counts) => number;
  readonly reconcile: (counts: Counts) => number;
  readonly changed: (texts: number) => number;
} {
  const pace = paces[deployment];
  return {
    fresh: (counts) =>
      sum(counts, ({ pages, posts, folders, comments, attachments, people }) => [
        pages / pace.texts,
        posts / pace.texts,
        folders / pace.folders,
        comments / pace.comments,
        attachments / 200,
        (pages + posts) / 200,
        people / pace.people,
        6,
      ]) + 5,
    unchanged: (counts) =>
      sum(counts, ({ pages, posts }) => [pages / pace.contents, posts / pace.contents, 2]) +
      3 * Math.ceil(counts.length / 50) +
      3,
    /** More than an unchanged run. */
    reconcile: (counts) =>
      sum(counts, ({ pages, posts, comments, attachments, people }) => [
        comments / pace.comments,
        attachments / 200,
        (pages + posts) / 200,
        people / pace.people,
      ]),
    /** More than an unchanged run, for so many changed texts in one space. */
    changed: (texts) => Math.ceil(texts / pace.changes) + 5,
  };
}
