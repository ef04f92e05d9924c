import type { PhrasingContent } from 'mdast';

import { wrapPhrasing } from '../mdast/flow.ts';
import type { InlineTag, Mixed } from '../mdast/nodes.ts';
import { attribute } from './element.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement } from './xml.ts';

type MarkName = 'delete' | 'emphasis' | 'inlineCode' | 'strong' | InlineTag;

/** Gives the handler of an element that is a mark. */
export function mark(name: MarkName): ElementHandler {
  return (element, reader) => marked([name], element, reader);
}

/** `span` and `font`: only what their style says can matter. */
export const convertSpan: ElementHandler = (element, reader) => {
  const style = attribute(element, 'style') ?? '';
  if (/\bcolor\s*:/i.test(style) || element.attributes.has('color')) reader.lost('colour');
  const names = styleMarks.filter(([pattern]) => pattern.test(style)).map(([, name]) => name);
  return marked(names, element, reader);
};

const styleMarks: readonly (readonly [RegExp, MarkName])[] = [
  [/font-weight\s*:\s*(?:bold|[6-9]00)/i, 'strong'],
  [/font-style\s*:\s*italic/i, 'emphasis'],
  [/text-decoration[\w-]*\s*:[^;]*line-through/i, 'delete'],
  [/text-decoration[\w-]*\s*:[^;]*underline/i, 'u'],
];

function marked(names: readonly MarkName[], element: XmlElement, reader: StorageReader): Mixed[] {
  const added = names.filter((name) => !reader.hasMark(name));
  const inner = added.reduce((outer, name) => outer.inside({ mark: name }), reader);
  let nodes = inner.mixed(element.children);
  for (const name of added) nodes = wrapPhrasing(nodes, wrapper(name));
  return nodes;
}

function wrapper(name: MarkName): (children: PhrasingContent[]) => PhrasingContent[] {
  switch (name) {
    case 'inlineCode':
      return toCode;
    case 'delete':
    case 'emphasis':
    case 'strong':
      return (children) => [{ type: name, children }];
    default:
      return (children) => [{ type: 'inlineElement', tagName: name, children }];
  }
}

/**
 * Code holds text alone, so the marks and links inside it go around. Neighbours become one: Markdown
 * cannot part two.
 */
function toCode(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  for (const node of nodes.map(codeOf)) {
    const last = out.at(-1);
    if (last?.type === 'inlineCode' && node.type === 'inlineCode') last.value += node.value;
    else out.push(node);
  }
  return out;
}

function codeOf(node: PhrasingContent): PhrasingContent {
  if (node.type === 'text') {
    const value = node.value.replaceAll(/\s+/g, ' ');
    return value.trim() === '' ? node : { type: 'inlineCode', value };
  }
  if ('children' in node) return { ...node, children: toCode(node.children) } as PhrasingContent;
  return node.type === 'inlineCode' ? { ...node } : node;
}
