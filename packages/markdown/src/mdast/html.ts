import type { Image, Link, List, ListItem, RootContent, Table } from 'mdast';

import { alertTitle } from './alert-title.ts';
import { encodeHtml } from './encode-html.ts';
import type { HtmlCell, HtmlTable } from './nodes.ts';

/** Writes a table as an HTML block: one line a cell, no blank line, no Markdown inside. */
export function writeHtmlTable(table: HtmlTable): string {
  const rows = table.rows.map((row) => `<tr>\n${row.map(writeCell).join('')}</tr>\n`);
  return `<table>\n${rows.join('')}</table>`;
}

/** Writes inline content as HTML. */
export function writeInlineHtml(nodes: readonly RootContent[]): string {
  return nodes.map(writeNode).join('');
}

function writeCell(cell: HtmlCell): string {
  const tag = cell.header ? 'th' : 'td';
  const columns = cell.columnSpan > 1 ? ` colspan="${cell.columnSpan}"` : '';
  const rows = cell.rowSpan > 1 ? ` rowspan="${cell.rowSpan}"` : '';
  return `<${tag}${columns}${rows}>${writeFlow(cell.children)}</${tag}>\n`;
}

/** A paragraph that stands alone needs no element of its own. */
function writeFlow(nodes: readonly RootContent[]): string {
  const [only] = nodes;
  if (nodes.length === 1 && only?.type === 'paragraph') return writeInlineHtml(only.children);
  return writeInlineHtml(nodes);
}

function writeNode(node: RootContent): string {
  switch (node.type) {
    case 'text':
      return encodeHtml(node.value);
    case 'inlineCode':
      return `<code>${encodeHtml(node.value)}</code>`;
    case 'code':
      return `<pre><code${languageClass(node.lang)}>${encodeHtml(node.value)}</code></pre>`;
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'image':
      return writeImage(node);
    case 'link':
      return writeLink(node);
    case 'anchor':
      return writeAnchor(node.name);
    case 'list':
      return writeList(node);
    case 'table':
      return writeHtmlTable(toHtmlTable(node));
    case 'htmlTable':
      return writeHtmlTable(node);
    case 'details':
      return `<details><summary>${writeInlineHtml(node.summary)}</summary>${writeInlineHtml(node.children)}</details>`;
    case 'alert':
      return `<blockquote><p><strong>${alertTitle[node.kind]}</strong></p>${writeInlineHtml(node.children)}</blockquote>`;
    default:
      return writeElement(node);
  }
}

function writeElement(node: RootContent): string {
  if (!('children' in node)) return 'value' in node ? encodeHtml(node.value) : '';
  const tag = tagOf(node);
  const content = writeInlineHtml(node.children);
  return tag === undefined ? content : `<${tag}>${content}</${tag}>`;
}

function tagOf(node: RootContent): string | undefined {
  if (node.type === 'heading') return `h${node.depth}`;
  if (node.type === 'inlineElement') return node.tagName;
  return tags[node.type];
}

const tags: Readonly<Partial<Record<RootContent['type'], string>>> = {
  blockquote: 'blockquote',
  delete: 'del',
  emphasis: 'em',
  paragraph: 'p',
  strong: 'strong',
};

/** Writes the place that a link can point at; also used in Markdown, which has nothing for it. */
export function writeAnchor(name: string): string {
  return `<a id="${encodeHtml(name)}"></a>`;
}

function languageClass(language: string | null | undefined): string {
  return language ? ` class="language-${encodeHtml(language)}"` : '';
}

/** An image that Markdown has no words for, because it has a width. */
export function writeImage(image: Image): string {
  const width = image.data?.width === undefined ? '' : ` width="${image.data.width}"`;
  const title = image.title ? ` title="${encodeHtml(image.title)}"` : '';
  return `<img src="${encodeHtml(image.url)}" alt="${encodeHtml(image.alt ?? '')}"${title}${width}>`;
}

function writeLink(link: Link): string {
  return `<a href="${encodeHtml(link.url)}">${writeInlineHtml(link.children)}</a>`;
}

function writeList(list: List): string {
  const tag = list.ordered ? 'ol' : 'ul';
  const start = list.ordered && (list.start ?? 1) !== 1 ? ` start="${list.start}"` : '';
  return `<${tag}${start}>${list.children.map(writeItem).join('')}</${tag}>`;
}

function boxOf({ checked }: ListItem): string {
  if (typeof checked !== 'boolean') return '';
  return checked ? '☑ ' : '☐ ';
}

function writeItem(item: ListItem): string {
  const box = boxOf(item);
  const [first, ...rest] = item.children;
  if (first?.type !== 'paragraph') return `<li>${box}${writeInlineHtml(item.children)}</li>`;
  return `<li>${box}${writeInlineHtml(first.children)}${writeInlineHtml(rest)}</li>`;
}

function toHtmlTable(table: Table): HtmlTable {
  const rows = table.children.map((row, index) =>
    row.children.map((cell) => ({
      header: index === 0,
      columnSpan: 1,
      rowSpan: 1,
      children: cell.children,
    })),
  );
  return { type: 'htmlTable', rows };
}
