import { LossCounter } from '../lossy.ts';
import type { ConvertedBody, StorageReferences } from '../storage/references.ts';
import { treeToMarkdown } from '../storage/tree-to-markdown.ts';
import { readDocument } from './document.ts';
import { lower } from './lower.ts';

/**
 * Converts a document in the Atlassian Document Format, as an object or as its JSON. It never throws and
 * loses no text: what Markdown cannot say stays visible and is counted. The same page gives the same
 * Markdown as from the storage format, but for what docs/adf.md of this package lists.
 *
 * What is no document is read as far as it makes sense: a node or a list of nodes, else as text.
 */
export function adfToMarkdown(document: unknown, references: StorageReferences): ConvertedBody {
  const lossy = new LossCounter();
  const { content, isDocument } = readDocument(document);
  if (!isDocument) lossy.add('body that is no document');
  return treeToMarkdown(lower(content, lossy), references, lossy);
}
