// `node benchmarks/compared.mjs [folder]`: what we make of the inputs that other tools test themselves with,
// where it is not what they expect. The samples lie in ../shared; packages/markdown/docs/compared.md explains
// what is left.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { htmlToMarkdown, storageToMarkdown, wikiToMarkdown } from '@context-sync/markdown';

import { references } from './converters.mjs';

const shared = process.argv[2] ?? new URL('../../shared/', import.meta.url).pathname;
if (!existsSync(join(shared, 'converter-cases'))) {
  console.log(`${shared} has no samples to compare with.`);
  process.exit(0);
}

function filesBelow(folder, pattern) {
  return readdirSync(join(shared, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .toSorted();
}

/** What a text is written in, by its looks. */
function convert(text) {
  if (/<(?:ac|ri):/.test(text)) return storageToMarkdown(text, references).markdown;
  if (/<[a-z][^>]*>/i.test(text)) return htmlToMarkdown(text, references).markdown;
  return wikiToMarkdown(text, references).markdown;
}

function compareCase({ data, expects, html, inputs, markdown }) {
  if (html !== undefined) {
    const ours = convert(html).trim();
    if (ours === markdown.trim()) return [];
    return [`= ${JSON.stringify(markdown)}\n  ${JSON.stringify(ours)}`];
  }
  const given = [...Object.values(data), ...inputs.map(({ arg }) => arg)];
  const markup = given.filter((text) => typeof text === 'string' && /[<{[*]/.test(text));
  const ours = [...new Set(markup)].map(convert).join('\n');
  return expects
    .filter(({ value }) => typeof value === 'string')
    .filter(({ op, value }) => (op === 'NotIn') === ours.includes(value))
    .map(
      ({ op, value }) => `${op} ${JSON.stringify(value)}\n  ${JSON.stringify(ours.slice(0, 600))}`,
    );
}

/** Lines without what Markdown and MDX write differently. */
function wordsOf(text) {
  return text
    .replaceAll(/^---[\s\S]*?^---$/gm, '')
    .replaceAll(/<[^>]*>|^import .*$|^\s*```.*$|\[!\w+\]/gm, ' ')
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/&gt;/g, '>')
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(/[*_`#>|\\~-]|^\s*\d+\./gm, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function without(words, others) {
  const left = new Map();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

let pairs = 0;
let equal = 0;
function report(name, differences) {
  pairs += 1;
  if (differences.length === 0) equal += 1;
  else console.log(`${name}\n  ${differences.join('\n  ')}`);
}

for (const folder of ['confluence-view-html', 'converter-cases']) {
  for (const name of filesBelow(folder, /\.json$/)) {
    // What these expect is wiki markup or storage format.
    if (
      /markdown_(?:to_|nested|roundtrip)|TableLayout|TaskLists|FixAttachment|Setext|normalize|anchor_control|macro_preservation|translation_disabled/.test(
        name,
      )
    )
      continue;
    report(name, compareCase(JSON.parse(readFileSync(join(shared, name), 'utf8'))));
  }
}
for (const name of filesBelow('confluence-pages', /expected\.mdx$/)) {
  const storage = readFileSync(join(shared, name, '../storage.xhtml'), 'utf8');
  const theirs = wordsOf(readFileSync(join(shared, name), 'utf8'));
  const ours = wordsOf(storageToMarkdown(storage, references).markdown);
  const [missing, added] = [without(theirs, ours), without(ours, theirs)];
  report(name, [
    ...(missing.length > 0 ? [`theirs alone: ${missing.join(' ')}`] : []),
    ...(added.length > 0 ? [`ours alone: ${added.join(' ')}`] : []),
  ]);
}
console.log(`${equal} of ${pairs} pairs are as the other tool expects.`);
