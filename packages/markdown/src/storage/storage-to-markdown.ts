import { LossCounter } from '../lossy.ts';
import type { ConvertedBody, StorageReferences } from './references.ts';
import { treeToMarkdown } from './tree-to-markdown.ts';
import { parseXml } from './xml.ts';

/**
 * Converts a body in Confluence's storage format. It never throws on bad input and loses no text: what
 * Markdown cannot say stays visible and is counted. Equal input gives equal output.
 *
 * The format: https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export function storageToMarkdown(storage: string, references: StorageReferences): ConvertedBody {
  const lossy = new LossCounter();
  const nodes = parseXml(storage, (dropped) => lossy.add('invisible character', dropped));
  return treeToMarkdown(nodes, references, lossy);
}
