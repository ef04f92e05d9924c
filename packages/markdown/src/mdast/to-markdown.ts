import type { Image, Nodes, PhrasingContent, RootContent } from 'mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item';
import {
  defaultHandlers,
  type Handle,
  type Join,
  type Options,
  toMarkdown,
  type Unsafe,
} from 'mdast-util-to-markdown';

import { writeAnchor, writeHtmlTable, writeImage, writeInlineHtml } from './html.ts';
import type { Alert, Anchor, Details, HtmlTable, InlineElement } from './nodes.ts';

/** Writes blocks as Markdown that ends with one line feed, or as the empty string. */
export function writeMarkdown(children: RootContent[]): string {
  return toMarkdown({ type: 'root', children }, options);
}

const writeInlineElement: Handle = (node: InlineElement, _parent, state, info) => {
  const inner = state.containerPhrasing(node as never, { ...info, before: '>', after: '<' });
  return `<${node.tagName}>${inner}</${node.tagName}>`;
};

const writeAlert: Handle = (node: Alert, parent, state, info) => {
  const marker = { type: 'html', value: `[!${node.kind}]` } as const;
  const [first, ...rest] = node.children;
  const lines: PhrasingContent[] =
    first?.type === 'paragraph'
      ? [{ type: 'html', value: `${marker.value}\n` }, ...first.children]
      : [marker];
  const children = [
    { type: 'paragraph', children: lines },
    ...(first?.type === 'paragraph' ? rest : node.children),
  ];
  return state.handle({ type: 'blockquote', children } as Nodes, parent, state, info);
};

const writeDetails: Handle = (node: Details, _parent, state, info) => {
  const open = `<details>\n<summary>${writeInlineHtml(node.summary)}</summary>`;
  const body = state.containerFlow({ type: 'root', children: node.children }, info);
  return [open, body, '</details>'].filter((part) => part !== '').join('\n\n');
};

/** A line break inside a cell; the library's own would end the row. */
const writeBreak: Handle = (node, parent, state, info) =>
  state.stack.includes('tableCell') ? '<br>' : defaultHandlers.break(node, parent, state, info);

/** An image with a width; a bar in it would end the cell that it stands in. */
const writeSizedImage: Handle = (node: Image, parent, state, info) =>
  node.data?.width === undefined
    ? defaultHandlers.image(node, parent, state, info)
    : writeImage(node).replaceAll('|', '&#124;');

const literal = {
  inConstruct: 'phrasing',
  notInConstruct: ['autolink', 'link', 'image', 'label'],
} satisfies Partial<Unsafe>;

/**
 * In an item only a list stands without a blank line, below words or another list. Anything else could
 * join what is above, and HTML goes on to the next blank line.
 */
const partItemBlocks: Join = (left, right, parent) => {
  const mayTouch = right.type === 'list' && (left.type === 'list' || isWords(left));
  return parent.type === 'listItem' && !mayTouch ? 1 : undefined;
};

/** An image with a width is an HTML block when it stands alone in its line. */
function isWords(node: Nodes): boolean {
  if (node.type !== 'paragraph') return false;
  const [first] = node.children;
  return !(first?.type === 'image' && first.data?.width !== undefined);
}

/**
 * An item that begins with a list that does not begin with 1 stands after a blank line: micromark takes
 * `- 7. a` below the words of another item for text.
 */
const partOddNumbers: Join = (_left, right) => (beginsOddly(right) ? 1 : undefined);

function beginsOddly(node: Nodes, isInItem = false): boolean {
  if (node.type === 'listItem')
    return node.children[0] ? beginsOddly(node.children[0], true) : false;
  if (node.type !== 'list') return false;
  const isOdd = isInItem && node.ordered === true && (node.start ?? 1) !== 1;
  return isOdd || (node.children[0] ? beginsOddly(node.children[0]) : false);
}

const options: Options = {
  bullet: '-',
  join: [partItemBlocks, partOddNumbers],
  extensions: [
    gfmStrikethroughToMarkdown(),
    // Padding to the widest cell makes a one-word edit touch every row.
    gfmTableToMarkdown({ tablePipeAlign: false }),
    gfmTaskListItemToMarkdown(),
    {
      unsafe: [
        // `<1@example.com>` is an autolink too, which the library overlooks.
        { character: '<', after: '[^\\s<>@]+@', inConstruct: 'phrasing' },
        // What GFM makes a link of by itself swallows the escapes inside it. The URLs that it can
        // swallow whole are links before they come here.
        { character: ':', before: '[PSps]', after: '\\/\\/', ...literal },
        { character: '.', before: '[Ww]', after: '[-.\\w]', ...literal },
      ],
      handlers: {
        alert: writeAlert,
        anchor: (node: Anchor) => writeAnchor(node.name),
        break: writeBreak,
        details: writeDetails,
        image: writeSizedImage,
        htmlTable: (node: HtmlTable) => writeHtmlTable(node),
        inlineElement: writeInlineElement,
      },
    },
  ],
};
