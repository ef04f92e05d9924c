import type { Element, Root } from 'hast';

import { elementsOf } from './html-elements.ts';

/** Any scheme, and `//host`: whatever is not a file of the mirror. */
const remote = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i;

/**
 * Turns images of other places into links to them. A page that loads one tells its host who reads it
 * and when.
 */
export function linkRemoteImages(root: Root): void {
  for (const element of elementsOf(root, ({ tagName }) => tagName === 'img')) {
    const { src, alt } = element.properties;
    if (typeof src !== 'string' || !remote.test(src)) continue;
    const text = typeof alt === 'string' && alt !== '' ? alt : src;
    Object.assign(element, link(src, text));
  }
}

function link(href: string, value: string): Element {
  return {
    type: 'element',
    tagName: 'a',
    properties: { href },
    children: [{ type: 'text', value }],
  };
}
