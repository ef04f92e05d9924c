import { LossCounter } from '../lossy.ts';
import { writeMarkdown } from '../mdast/to-markdown.ts';
import { handlerOf } from './elements.ts';
import { PageProperties } from './page-properties.ts';
import { StorageReader } from './reader.ts';
import type { ConvertedBody, StorageReferences } from './references.ts';
import { withoutUnsafeAddresses } from './unsafe-address.ts';
import { parseXml } from './xml.ts';

/**
 * Converts a body in Confluence's storage format. It never throws on bad input and loses no text: what
 * Markdown cannot say stays visible and is counted. Equal input gives equal output.
 *
 * The format: https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export function storageToMarkdown(storage: string, references: StorageReferences): ConvertedBody {
  const lossy = new LossCounter();
  const fragments = new Map<string, string>();
  const pageProperties = new PageProperties();
  const nodes = parseXml(storage, (dropped) => lossy.add('invisible character', dropped));
  const reader = new StorageReader({
    references: withoutUnsafeAddresses(references, lossy),
    lossy,
    fragments,
    properties: pageProperties,
    handlerOf,
  });
  const markdown = writeMarkdown(reader.flow(nodes));
  const properties = pageProperties.all();
  return {
    markdown,
    fragments: Object.fromEntries(fragments),
    ...(properties !== undefined && { metadata: { properties } }),
    lossy: lossy.list(),
  };
}
