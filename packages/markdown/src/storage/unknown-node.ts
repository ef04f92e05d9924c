import type { PhrasingContent, RootContent } from 'mdast';

import { paragraph, strong, text } from '../mdast/nodes.ts';
import { textOf } from './element.ts';
import { toItem } from './lists.ts';
import { readMacro } from './macro.ts';
import type { ElementHandler } from './reader.ts';

/** `adf:node`: a node of the editor that no storage format has, shown much as an unknown macro is. */
export const convertUnknownNode: ElementHandler = (element, reader) => {
  const { name, parameters, richBody } = readMacro(element);
  reader.lost(`node ${name}`);
  const facts = [...parameters].map(([key, value]) => text(`${key}: ${textOf(value)}`));
  if (reader.inline && richBody === undefined) return inLine(name, facts);
  const inner = reader.insideContainer();
  const items = facts.map((fact) => toItem([paragraph(fact)]));
  const children: RootContent[] = [
    paragraph(strong(text(`Node: ${name}`))),
    ...(items.length === 0 ? [] : [{ type: 'list', spread: false, children: items } as const]),
    ...inner.flow(richBody ?? []),
  ];
  return reader.canNest ? [{ type: 'blockquote', children } as RootContent] : children;
};

function inLine(name: string, facts: readonly PhrasingContent[]): PhrasingContent[] {
  const listed = facts.flatMap((fact, index) => (index === 0 ? [fact] : [text(', '), fact]));
  const code: PhrasingContent = { type: 'inlineCode', value: `{${name}}` };
  return listed.length === 0 ? [code] : [code, text(' ('), ...listed, text(')')];
}
