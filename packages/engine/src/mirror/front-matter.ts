import type { Json } from '@context-sync/core';

/** A field of a document: front matter in Markdown, a `meta` element in HTML. */
export type Field = readonly [string, Json | undefined];

/**
 * Writes YAML front matter. Strings are always quoted, so that no title reads as a number, a date or
 * the end of the block; lists and objects are written in YAML's flow style, which is JSON.
 */
export function frontMatter(fields: readonly Field[]): string {
  const lines = fields
    .filter((field): field is readonly [string, Json] => field[1] !== undefined)
    .map(([key, value]) => `${yamlKey(key)}: ${yamlValue(value)}\n`);
  return `---\n${lines.join('')}---\n`;
}

function yamlKey(key: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(key) ? key : yamlValue(key);
}

function yamlValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, entry]) => `${yamlValue(key)}: ${yamlValue(entry)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}

// JSON leaves these as they are. YAML takes them for line breaks or refuses them, or they hide or
// reorder what stands around them: an id and a revision are kept as the service gives them.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const escaped = /[\x7F-\x9F\xAD\u200B\u2028-\u202E\u2060-\u206F\uFEFF]/g;

function quote(text: string): string {
  return JSON.stringify(text).replace(
    escaped,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads back one quoted field of the front matter at the start of a file. */
export function readFrontMatterField(text: string, key: string): string | undefined {
  if (!text.startsWith('---\n')) return undefined;
  const block = text.slice(0, text.indexOf('\n---\n') + 1);
  const line = new RegExp(`^${key}: (".*")$`, 'm').exec(block)?.[1];
  if (line === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // Not written by us: somebody edited the block.
    return undefined;
  }
}
