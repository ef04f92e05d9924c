import GithubSlugger from 'github-slugger';
import type { Element, Root } from 'hast';

import { elementsOf, textOf } from './html-elements.ts';

/** Gives each heading the place by which GitHub links to it; one that has a name keeps it. */
export function nameHeadings(root: Root): void {
  const slugger = new GithubSlugger();
  for (const heading of elementsOf(root, isHeading)) {
    const slug = slugger.slug(textOf(heading));
    if (slug !== '') heading.properties['id'] ??= slug;
  }
}

function isHeading({ tagName }: Element): boolean {
  return /^h[1-6]$/.test(tagName);
}
