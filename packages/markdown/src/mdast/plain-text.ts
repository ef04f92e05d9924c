import type { Link, ListItem, RootContent } from 'mdast';

import type { HtmlTable } from './nodes.ts';

/**
 * What blocks say, on one line and without any mark, for places that hold plain text. The items of a
 * list and the rows of a table are parted by commas; a link without a text says what the source calls
 * its target, and a mention stays a late-bound link, because only the engine knows the person's name.
 */
export function plainText(nodes: readonly RootContent[]): string {
  return oneLine(nodes.map(textOf).join(''));
}

/** Joins texts with commas, leaving out the empty ones. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((each) => each !== '').join(', ');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** With a space on either side of what stands on lines of its own. */
function textOf(node: RootContent): string {
  switch (node.type) {
    case 'break':
      return ' ';
    case 'image':
      return node.alt ?? '';
    case 'link':
      return node.children.length === 0 ? emptyLinkText(node) : inside(node.children);
    case 'list':
      return ` ${joinTexts(node.children.map(itemText))} `;
    case 'table':
      return ` ${joinTexts(node.children.map(({ children }) => plainText(children)))} `;
    case 'tableCell':
      return ` ${inside(node.children)} `;
    case 'htmlTable':
      return ` ${tableText(node)} `;
    case 'details':
      return ` ${inside(node.summary)} ${inside(node.children)} `;
    default:
      return otherText(node);
  }
}

function emptyLinkText({ url, data }: Link): string {
  return url.startsWith('ctx:user/') ? `[](${url})` : (data?.fallback ?? '');
}

const inlineParents = new Set(['delete', 'emphasis', 'inlineElement', 'strong']);

function otherText(node: RootContent): string {
  if ('children' in node) {
    const text = inside(node.children);
    return inlineParents.has(node.type) ? text : ` ${text} `;
  }
  return 'value' in node ? node.value : '';
}

function inside(nodes: readonly RootContent[]): string {
  return nodes.map(textOf).join('');
}

function itemText({ checked, children }: ListItem): string {
  if (typeof checked !== 'boolean') return plainText(children);
  return oneLine(`${checked ? '☑' : '☐'} ${plainText(children)}`);
}

function tableText({ rows }: HtmlTable): string {
  return joinTexts(
    rows.map((row) => oneLine(row.map(({ children }) => plainText(children)).join(' '))),
  );
}
