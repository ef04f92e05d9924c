import type { RootContent } from 'mdast';

import { type Mixed, paragraph, strong, text } from '../../mdast/nodes.ts';
import { plainBodyFence } from '../code.ts';
import { isElement } from '../element.ts';
import { toItem, toList } from '../lists.ts';
import { type Macro, type MacroHandler, parameter, readMacro } from '../macro.ts';
import { bodyOf, firstParameter } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import type { XmlElement, XmlNode } from '../xml.ts';

/** Macros that only place their content: it stays, their frame goes; a title is set in bold. */
export const convertFrame: MacroHandler = (macro, reader) => [
  ...titleOf(macro),
  ...reader.inside({ inline: false }).flow(macro.richBody ?? []),
  ...plainBodyFence(macro),
];

/** The same for macros that do something with their content that Markdown cannot do. */
export const convertLossyFrame: MacroHandler = (macro, reader) => {
  reader.lost(`macro ${macro.name}`);
  return convertFrame(macro, reader);
};

/** Macros for a printer or a button: only content that they hold is said, in its line. */
export const convertBodyAlone: MacroHandler = (macro, reader) => {
  reader.lost(`macro ${macro.name}`);
  return bodyOf(macro, reader);
};

/** A part in one language, under the language's name. */
export function inLanguage(language: string): MacroHandler {
  return (macro, reader) => {
    const blocks = reader.inside({ inline: false }).flow(macro.richBody ?? []);
    return [paragraph(strong(text(language))), ...blocks, ...plainBodyFence(macro)];
  };
}

/** `expand`: a folded part. */
export const convertExpand: MacroHandler = (macro, reader) => {
  const inner = reader.inside({ inline: false });
  const title = parameter(macro, 'title') ?? 'Click here to expand...';
  const children = [...inner.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
  return [{ type: 'details', summary: [text(title)], children }];
};

/** Content that leads somewhere when it is clicked: the link comes after it. */
export const convertClickable: MacroHandler = (macro, reader) => {
  const inner = reader.inside({ inline: false });
  const target = macro.parameters.get('link') ?? [];
  return [...convertFrame(macro, reader), ...(reader.inLink ? [] : inner.flow(target))];
};

/** `ui-steps`: a numbered list of what each `ui-step` holds. */
export const convertSteps: MacroHandler = (macro, reader) => {
  const inner = reader.insideContainer();
  const items: RootContent[][] = [];
  for (const node of unwrapped(macro.richBody ?? [])) {
    if (isStep(node)) items.push(stepBlocks(readMacro(node), inner));
    else addStray(items, inner.flow([node]));
  }
  const list = toList(
    items.map((blocks) => toItem(blocks)),
    reader,
    { ordered: true, start: 1 },
  );
  return [...list, ...plainBodyFence(macro)];
};

function stepBlocks(step: Macro, reader: StorageReader): RootContent[] {
  return [...titleOf(step), ...reader.flow(step.richBody ?? []), ...plainBodyFence(step)];
}

function addStray(items: RootContent[][], blocks: RootContent[]): void {
  if (blocks.length > 0) items.push(blocks);
}

function isStep(node: XmlNode): node is XmlElement {
  return isElement(node) && node.attributes.get('ac:name') === 'ui-step';
}

function unwrapped(nodes: readonly XmlNode[]): XmlNode[] {
  return nodes.flatMap((node) =>
    isElement(node) && node.name === 'ac:rich-text-body' ? node.children : [node],
  );
}

function titleOf(macro: Macro): RootContent[] {
  const title = firstParameter(macro, ['title', 'tabTitle', 'label']);
  return title === undefined ? [] : [paragraph(strong(text(title)))];
}

/** `anchor`: a place that a link can point at. */
export const convertAnchor: MacroHandler = (macro, reader) => {
  const name = parameter(macro, '') ?? parameter(macro, 'name');
  const place: Mixed[] = name === undefined ? [] : [{ type: 'anchor', name }];
  return [...place, ...reader.mixed(macro.richBody ?? []), ...plainBodyFence(macro)];
};

/** `status`: its words as code, which sets them apart and keeps them searchable. */
export const convertStatus: MacroHandler = (macro, reader) => {
  const colour = parameter(macro, 'colour') ?? parameter(macro, 'color');
  const title = parameter(macro, 'title');
  // Grey is what a status is without a colour.
  const isColoured = colour !== undefined && !/^gr[ae]y$/i.test(colour);
  if (isColoured && title !== undefined) reader.lost('colour');
  const words = title ?? colour ?? 'status';
  return [{ type: 'inlineCode', value: words }, ...bodyOf(macro, reader)];
};
