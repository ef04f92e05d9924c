import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import MarkdownIt from 'markdown-it';

import { markAlerts } from './alerts.ts';
import { nameHeadings } from './heading-ids.ts';
import { linkRemoteImages } from './remote-images.ts';
import { safeElements } from './safe-elements.ts';
import { markTasks } from './tasks.ts';

/** The parser drops what is nested deeper than this. The stack ends first, and that can be seen. */
const maxNesting = 100_000;

/** In UTF-16 units. A tree takes 250 bytes for each, 1 kB where each is marked; includes make texts of any length. */
const maxLength = 1_000_000;

const parser = new MarkdownIt({ html: true, maxNesting });
// Addresses are judged when the HTML is made safe, and stay as they are written.
parser.validateLink = () => true;
parser.normalizeLink = (url) => url;
parser.normalizeLinkText = (url) => url;
parser.core.ruler.after('block', 'github', ({ tokens }) => {
  markAlerts(tokens);
  markTasks(tokens);
});

/**
 * Makes HTML of Markdown: CommonMark, and of GitHub's tables, strikethrough, tasks, alerts and places of
 * headings. HTML in the text is kept as far as it is known to be harmless: no scripts, styles, frames
 * or forms, links to http, https, mailto, tel and files beside. Images from elsewhere become links, so
 * that opening a file loads nothing. Never throws: a text that is nested too deep, or
 * longer than 1 MB, comes out as it is written.
 */
export function markdownToHtml(markdown: string): string {
  if (markdown.length > maxLength) return asWritten(markdown);
  try {
    return toHtml(readHtml(parser.render(markdown)));
  } catch (error) {
    // Parsers and writers walk down by recursion.
    if (error instanceof RangeError) return asWritten(markdown);
    throw error;
  }
}

function readHtml(html: string): Root {
  const safe = sanitize(fromHtml(html, { fragment: true }), safeElements);
  const root: Root = safe.type === 'root' ? safe : { type: 'root', children: [] };
  nameHeadings(root);
  linkRemoteImages(root);
  return root;
}

function asWritten(markdown: string): string {
  const text = { type: 'text', value: markdown } as const;
  return toHtml({ type: 'element', tagName: 'pre', properties: {}, children: [text] });
}
