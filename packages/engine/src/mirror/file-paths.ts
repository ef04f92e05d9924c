import type { OutputFormat } from '../output-format.ts';

interface FileNames {
  readonly ending: string;
  /** The index of a folder, without its ending: what people and web servers open first. */
  readonly index: string;
}

const names: Readonly<Record<OutputFormat, FileNames>> = {
  markdown: { ending: '.md', index: 'README' },
  html: { ending: '.html', index: 'index' },
};

/** In bytes. Places leave room for it whatever a source is written as, so its output moves no folder. */
export const longestEnding = 5;

/** The path of a document's file, relative to the root. */
export function documentPath(
  { folder, name }: { readonly folder: string; readonly name: string },
  output: OutputFormat,
): string {
  return `${folder}/${documentName(name, output)}`;
}

export function documentName(name: string, output: OutputFormat): string {
  return name + names[output].ending;
}

/** e.g. `README.md`, and `README.2.md` for the second part. */
export function indexName(output: OutputFormat, part = 1): string {
  const { index, ending } = names[output];
  return part === 1 ? index + ending : `${index}.${part}${ending}`;
}

/** What the names of index files begin with, in any format. */
export const indexPrefixes: readonly string[] = Object.values(names).map(
  ({ index }) => `${index}.`,
);

/** Tells whether a file may be a document or index, by its name. */
export function hasKnownEnding(name: string): boolean {
  return Object.values(names).some(({ ending }) => name.endsWith(ending));
}
