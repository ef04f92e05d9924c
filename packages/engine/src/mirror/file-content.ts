import { loadMarkdownToHtml } from '@context-sync/markdown';

import type { OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import { type Field, frontMatter, readFrontMatterField } from './front-matter.ts';
import { documentPage, indexPage, isIndexPage, readMetaField } from './html-page.ts';
import { indexMarker } from './index-marker.ts';

/** A document as every format shows it. */
interface DocumentContent {
  readonly title: string;
  readonly fields: readonly Field[];
  /** With everything that is bound late in its place. */
  readonly markdown: string;
}

/** One part of the index of a folder. */
export interface IndexContent {
  readonly title: string;
  readonly markdown: string;
}

/** Makes the content of files in the format that is asked for. */
export interface FileContents {
  document(content: DocumentContent, output: OutputFormat): string;
  index(content: IndexContent, output: OutputFormat): string;
}

/** What writes HTML is loaded where a source is written so, and nowhere else. */
export async function loadFileContents(database: Database): Promise<FileContents> {
  const toHtml = usesHtml(database) ? await loadMarkdownToHtml() : withoutHtml;
  return {
    document: ({ title, fields, markdown }, output) =>
      output === 'html'
        ? documentPage(title, fields, toHtml(markdown))
        : `${frontMatter(fields)}\n${markdown}`,
    index: ({ title, markdown }, output) =>
      output === 'html' ? indexPage(title, toHtml(markdown)) : `${indexMarker}\n\n${markdown}`,
  };
}

/** Tells whether any source is written as HTML. */
export function usesHtml(database: Database): boolean {
  return database.get(`SELECT 1 AS one FROM sources WHERE output = 'html' LIMIT 1`) !== undefined;
}

function withoutHtml(): never {
  throw new Error('A file is written as HTML though no source asks for it.');
}

/** Tells whether a file is an index that the mirror made. */
export function isIndex(text: string): boolean {
  return text.startsWith(indexMarker) || isIndexPage(text);
}

/** Reads back one text field of a document's file, in any format. */
export function readField(text: string, key: string): string | undefined {
  return readFrontMatterField(text, key) ?? readMetaField(text, key);
}
