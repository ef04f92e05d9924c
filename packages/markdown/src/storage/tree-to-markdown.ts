import type { LossCounter } from '../lossy.ts';
import { linkHeadings } from '../mdast/heading-links.ts';
import { writeMarkdown } from '../mdast/to-markdown.ts';
import { handlerOf } from './elements.ts';
import { PageProperties } from './page-properties.ts';
import { StorageReader } from './reader.ts';
import type { ConvertedBody, StorageReferences } from './references.ts';
import { withoutUnsafeAddresses } from './unsafe-address.ts';
import type { XmlNode } from './xml.ts';

/** Converts the tree that every reader of a format makes, so that all give one flavour of Markdown. */
export function treeToMarkdown(
  nodes: readonly XmlNode[],
  references: StorageReferences,
  lossy: LossCounter,
): ConvertedBody {
  const fragments = new Map<string, string>();
  const pageProperties = new PageProperties();
  const reader = new StorageReader({
    references: withoutUnsafeAddresses(references, lossy),
    lossy,
    fragments,
    properties: pageProperties,
    handlerOf,
  });
  const blocks = reader.flow(nodes);
  linkHeadings(blocks);
  const markdown = writeMarkdown(blocks);
  const properties = pageProperties.all();
  return {
    markdown,
    fragments: Object.fromEntries(fragments),
    ...(properties !== undefined && { metadata: { properties } }),
    lossy: lossy.list(),
  };
}
