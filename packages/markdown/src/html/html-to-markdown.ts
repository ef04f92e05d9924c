import { LossCounter } from '../lossy.ts';
import type { ConvertedBody, StorageReferences } from '../storage/references.ts';
import { treeToMarkdown } from '../storage/tree-to-markdown.ts';
import { parseHtml } from './html-tree.ts';
import { lowerHtml } from './lower-html.ts';

/**
 * Converts HTML, also as Confluence renders its pages. It never throws and loses no text that a browser
 * shows: what Markdown cannot say stays visible and is counted. Equal input gives equal output.
 */
export function htmlToMarkdown(html: string, references: StorageReferences): ConvertedBody {
  const lossy = new LossCounter();
  const nodes = parseHtml(html, (dropped) => lossy.add('invisible character', dropped));
  return treeToMarkdown(lowerHtml(nodes), references, lossy);
}
