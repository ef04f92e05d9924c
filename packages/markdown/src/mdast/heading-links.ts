import GithubSlugger from 'github-slugger';
import type { Heading, Link, RootContent } from 'mdast';

import { plainText } from './plain-text.ts';

/** Longest place that is looked for, in UTF-16 units; a heading is never that long. */
const maxFragment = 500;

/**
 * Makes links to a heading of the same text lead there. Confluence makes the name of a heading's place
 * in several ways of its own, GitHub and most viewers in another one:
 * https://support.atlassian.com/confluence-cloud/docs/insert-links-and-anchors/
 * A place that the text itself declares keeps its name.
 */
export function linkHeadings(blocks: readonly RootContent[]): void {
  const found: Places = { anchors: new Set(), headings: [], links: [] };
  collect(blocks, found);
  if (found.links.length === 0) return;
  const slugs = slugsOf(found.headings);
  for (const link of found.links) {
    const place = decode(link.url.slice(1));
    if (found.anchors.has(place) || place.length > maxFragment) continue;
    const slug = slugOf(place, slugs);
    if (slug !== undefined) link.url = `#${slug}`;
  }
}

interface Places {
  readonly anchors: Set<string>;
  readonly headings: Heading[];
  /** Those to a place of the same text. */
  readonly links: Link[];
}

function collect(nodes: readonly RootContent[], places: Places): void {
  for (const node of nodes) {
    if (node.type === 'anchor') places.anchors.add(node.name);
    else if (node.type === 'heading') places.headings.push(node);
    else if (node.type === 'link' && node.url.startsWith('#')) places.links.push(node);
    if (node.type === 'details') collect(node.summary, places);
    if (node.type === 'htmlTable') {
      for (const row of node.rows) for (const cell of row) collect(cell.children, places);
    } else if ('children' in node) collect(node.children, places);
  }
}

/** The slugs of the headings that say the same, in the order of the text. */
type Slugs = ReadonlyMap<string, readonly string[]>;

function slugsOf(headings: readonly Heading[]): Slugs {
  const slugger = new GithubSlugger();
  const slugs = new Map<string, string[]>();
  for (const { children } of headings) {
    const words = plainText(children);
    const slug = slugger.slug(words);
    const key = lettersOf(words);
    if (key === '' || slug === '') continue;
    const same = slugs.get(key) ?? [];
    same.push(slug);
    slugs.set(key, same);
  }
  return slugs;
}

/** `Run-it`, `RunIt`, `Page-RunIt` and, for the second heading of that name, `RunIt.1`. */
function slugOf(place: string, slugs: Slugs): string | undefined {
  const [, first = place, count = '0'] = /^(.+)\.(\d{1,4})$/.exec(place) ?? [];
  for (const [name, index] of [
    [place, 0],
    [first, Number(count)],
  ] as const) {
    for (const candidate of [name, ...afterDashes(name)]) {
      const slug = slugs.get(lettersOf(candidate))?.[index];
      if (slug !== undefined) return slug;
    }
  }
  return undefined;
}

/** What is left of a name when the title of the page before it is taken off. */
function afterDashes(name: string): string[] {
  return [...name.matchAll(/-/g)].map(({ index }) => name.slice(index + 1));
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    // Not percent-encoded: it is meant as it stands.
    return fragment;
  }
}
