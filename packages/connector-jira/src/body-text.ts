import { adfToMarkdown, type StorageReferences, wikiToMarkdown } from '@context-sync/markdown';

/** Converts a body: a document (ADF) of Cloud, or the wiki markup of Data Center, which is a string. */
export function convertBody(
  body: unknown,
  references: StorageReferences,
): ReturnType<typeof adfToMarkdown> {
  return typeof body === 'string'
    ? wikiToMarkdown(body, references)
    : adfToMarkdown(body, references);
}
