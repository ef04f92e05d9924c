import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

export const storageFolder = `${shared}confluence-storage`;
export const pagesFolder = `${shared}confluence-pages`;

/** Storage bodies: Markdown, wiki markup and event logs beside them are other tools' answers. */
export function storageFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:xml|xhtml)$|storage[^/]*\.html$|kovetskiy-mark\/.*\.html$/.test(name))
    .toSorted();
}
