import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { missingText } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
const folders = ['confluence-pages', 'confluence-view-html'].map((name) => `${shared}${name}`);
const isThere = folders.every((folder) => existsSync(folder));

function samples(): string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((name) => /\/view\.html$|view-html.*\.(?:html|json)$/.test(name))
    .map((name) => name.slice(shared.length))
    .toSorted();
}

/** Pages as they are, and the HTML in a case of another tool's tests. */
function bodiesOf(name: string): string[] {
  const text = readFileSync(`${shared}${name}`, 'utf8');
  // The title of a document is not in its text, and the checker knows no element without an end.
  if (name.endsWith('.html')) return [text.replace(/<head>.*<\/head>/s, '')];
  const bodies: string[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (key === 'html' && typeof value === 'string') bodies.push(value);
    return value;
  });
  return bodies;
}

describe.skipIf(!isThere)('samples of HTML (skipped where ../shared is absent)', () => {
  it.each(samples())('loses no text of %s', (name) => {
    for (const html of bodiesOf(name)) {
      const { markdown } = htmlToMarkdown(html, references);

      expect(missingText(html, markdown)).toEqual([]);
    }
  });
});
