import { type AdfNode, node } from './adf-node.ts';
import { blockNodes } from './block-nodes.ts';
import type { BodyNames } from './body-names.ts';
import { parseStorage } from './storage-tree.ts';

/**
 * The document that Confluence makes of a body when it is asked for `atlas_doc_format`: what the editor
 * has a node for becomes that node, and any other macro an extension.
 */
export function storageToAdf(body: string, names: BodyNames): AdfNode & { version: number } {
  return { ...node('doc', {}, blockNodes(parseStorage(body), names)), version: 1 };
}
