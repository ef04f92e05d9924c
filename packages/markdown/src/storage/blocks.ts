import type { Heading, RootContent } from 'mdast';

import { toFlow, toPhrasing } from '../mdast/flow.ts';
import { isElement, textOf } from './element.ts';
import type { ElementHandler } from './reader.ts';

/** Elements whose content stands on lines of its own. */
export const convertBlock: ElementHandler = (element, reader) =>
  reader.inside({ inline: false }).flow(element.children);

export const convertParagraph: ElementHandler = (element, reader) =>
  reader.inside({ inline: true }).flow(element.children);

/** Gives the handler of a heading. Blocks that the source put into it come after it. */
export function heading(depth: Heading['depth']): ElementHandler {
  return (element, reader) => {
    const mixed = reader.inside({ inline: true }).mixed(element.children);
    const [first, ...rest] = toFlow(mixed);
    if (first?.type !== 'paragraph') return first === undefined ? [] : [first, ...rest];
    return [{ type: 'heading', depth, children: toPhrasing(first.children) }, ...rest];
  };
}

export const convertQuote: ElementHandler = (element, reader) => {
  const children = reader.insideContainer().flow(element.children);
  if (children.length === 0 || !reader.canNest) return children;
  return [{ type: 'blockquote', children } as RootContent];
};

/** Preformatted text becomes code, which has no marks and no links. */
export const convertPreformatted: ElementHandler = (element, reader) => {
  if (element.children.some((child) => isElement(child) && !plain.has(child.name))) {
    reader.lost('format in preformatted text');
  }
  const value = textOf(element.children).replace(/^\n/, '').trimEnd();
  return value === '' ? [] : [{ type: 'code', value }];
};

const plain = new Set(['br', 'code', 'span']);

export const convertRule: ElementHandler = () => [{ type: 'thematicBreak' }];

export const convertBreak: ElementHandler = (element, reader) => [
  { type: 'break' },
  ...reader.mixed(element.children),
];

/** `<details>` as HTML has it. */
export const convertDetails: ElementHandler = (element, reader) => {
  const inner = reader.inside({ inline: false });
  const isSummary = (child: (typeof element.children)[number]): boolean =>
    isElement(child) && child.name === 'summary';
  const summary = toPhrasing(inner.mixed(element.children.filter(isSummary)));
  const children = inner.flow(element.children.filter((child) => !isSummary(child)));
  return [{ type: 'details', summary, children }];
};
