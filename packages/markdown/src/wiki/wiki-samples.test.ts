import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { wikiToMarkdown } from './wiki-to-markdown.ts';

const folder = fileURLToPath(new URL('../../../../../shared/jira-wiki/', import.meta.url));

function samples(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:jira|json|wiki\.txt)$/.test(name))
    .toSorted();
}

function bodiesOf(name: string): string[] {
  const text = readFileSync(`${folder}${name}`, 'utf8');
  if (!name.endsWith('.json')) return [text];
  const bodies: string[] = [];
  JSON.parse(text, (key, value: unknown) => {
    if (key === 'wiki' && typeof value === 'string') bodies.push(value);
    return value;
  });
  return bodies;
}

/** Parameters and tooltips say how something looks, not what it says. */
const notShown = /\{[a-z]+:[^}\n]*\}|\|[^|\]\n]*\]|![^!\n|]*\|[^!\n]*!|&\w+;|\\n/g;

/** Words that are no names of macros and no addresses, which the references rewrite. */
function wordsOf(wiki: string): string[] {
  const shown = wiki.replaceAll(notShown, ' ').replaceAll(/\S*(?:\/\/|[@~^])\S*/g, ' ');
  return (shown.match(/\p{L}{4,}/gu) ?? []).filter((word) => !macroNames.has(word));
}

const macroNames = new Set(['code', 'color', 'noformat', 'panel', 'quote']);

describe.skipIf(!existsSync(folder))('samples of wiki markup (skipped without ../shared)', () => {
  it.each(samples())('loses no word of %s', (name) => {
    for (const wiki of bodiesOf(name)) {
      const markdown = decodeURIComponent(
        wikiToMarkdown(wiki, references).markdown.replaceAll('%', '%25'),
      );

      expect(wordsOf(wiki).filter((word) => !markdown.includes(word))).toEqual([]);
    }
  });
});
