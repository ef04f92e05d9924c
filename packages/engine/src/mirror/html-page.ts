import type { Json } from '@context-sync/core';

import type { Field } from './front-matter.ts';
import { indexMarker } from './index-marker.ts';

/** Named on purpose: `name` alone is what browsers and search engines give a meaning. */
const fieldPrefix = 'context-sync:';

/**
 * Nothing runs, and only files beside the page are loaded; `file:` is what those are to a browser that
 * opens the page from disk.
 */
const policy = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'";

const style = `body{max-width:52em;margin:2em auto;padding:0 1em;font:1em/1.5 system-ui,sans-serif}
table{border-collapse:collapse}th,td{border:1px solid #999;padding:.2em .6em;vertical-align:top}
pre{overflow:auto;padding:.6em;background:#f4f4f4}img{max-width:100%}
blockquote{margin-left:0;padding-left:1em;border-left:4px solid #999}
dl{display:grid;grid-template-columns:max-content auto;gap:0 1em;font-size:.85em}dd{margin:0}`;

/** Fields that a reader wants to see; the others are in the head. */
const shown = ['url', 'updated', 'author', 'labels'];

const doctype = '<!doctype html>\n';

/** The page of a document. `content` is HTML that is safe already. */
export function documentPage(title: string, fields: readonly Field[], content: string): string {
  const told = fields.filter((field): field is readonly [string, Json] => field[1] !== undefined);
  const metas = told.map(
    ([key, value]) =>
      `<meta name="${encode(fieldPrefix + key)}" content="${encode(textOf(value))}">\n`,
  );
  return page(title, metas.join(''), `${aboutList(told)}<main>\n${content}</main>\n`);
}

/** The page of a folder's index. */
export function indexPage(title: string, content: string): string {
  return page(title, '', `<main>\n${content}</main>\n`, `${indexMarker}\n`);
}

/** Tells whether a file is an index that this module made. */
export function isIndexPage(text: string): boolean {
  return text.startsWith(doctype + indexMarker);
}

/** Reads back one text field of a document's page. */
export function readMetaField(text: string, key: string): string | undefined {
  if (!text.startsWith(doctype)) return undefined;
  const head = text.slice(0, text.indexOf('\n</head>') + 1);
  const opening = `<meta name="${encode(fieldPrefix + key)}" content="`;
  const start = head.indexOf(`\n${opening}`);
  if (start === -1) return undefined;
  const from = start + 1 + opening.length;
  return decode(head.slice(from, head.indexOf('"', from)));
}

function page(title: string, metas: string, body: string, note = ''): string {
  return `${doctype}${note}<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="context-sync">
${metas}<title>${encode(title)}</title>
<style>
${style}
</style>
</head>
<body>
${body}</body>
</html>
`;
}

function aboutList(fields: readonly (readonly [string, Json])[]): string {
  const rows = fields
    .filter(([key]) => shown.includes(key))
    .map(([key, value]) => `<dt>${key}</dt><dd>${linkOrText(listText(value))}</dd>\n`);
  return rows.length === 0 ? '' : `<header>\n<dl>\n${rows.join('')}</dl>\n</header>\n`;
}

function linkOrText(text: string): string {
  return /^https?:\/\//i.test(text)
    ? `<a href="${encode(text)}">${encode(text)}</a>`
    : encode(text);
}

function listText(value: Json): string {
  return Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

// What ends an attribute or element, and what cannot be seen: an id is kept as the service gives it.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const encoded = /[&<>"\x00-\x1F\x7F-\x9F\xAD\u200B\u2028-\u202E\u2060-\u206F\uFEFF]/g;

function encode(text: string): string {
  return text.replaceAll(
    encoded,
    (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}

function decode(text: string): string {
  return text.replaceAll(/&#x([0-9A-F]{1,4});/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
