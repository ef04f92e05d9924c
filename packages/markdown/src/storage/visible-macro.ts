import type { PhrasingContent, RootContent } from 'mdast';

import { toPhrasing } from '../mdast/flow.ts';
import { type Mixed, paragraph, strong, text } from '../mdast/nodes.ts';
import { toItem } from './lists.ts';
import type { Macro, MacroHandler } from './macro.ts';
import type { StorageReader } from './reader.ts';
import type { XmlNode } from './xml.ts';

/**
 * What stands for a macro that Markdown has no form for: a quote with its name, its parameters and its
 * content, or a short form within a line of text.
 */
export const convertUnknownMacro: MacroHandler = (macro, reader) => visibleMacro(macro, reader, []);

/** The same, with what more there is to say about it beside its parameters. */
export function visibleMacro(
  macro: Macro,
  reader: StorageReader,
  facts: readonly (readonly Mixed[])[],
): Mixed[] {
  reader.lost(`macro ${macro.name}`);
  const added = facts.map((fact) => toPhrasing(fact));
  const hasBody = macro.richBody !== undefined || macro.plainBody !== undefined;
  return reader.inline && !hasBody
    ? shortForm(macro, reader, added)
    : blockForm(macro, reader, added);
}

function blockForm(macro: Macro, reader: StorageReader, added: PhrasingContent[][]): Mixed[] {
  const inner = reader.insideContainer();
  const children: RootContent[] = [paragraph(strong(text(`Macro: ${macro.name}`)))];
  const facts = [...parameters(macro, inner.insideContainer()), ...added];
  const items = facts.map((words) => toItem([paragraph(...words)]));
  if (items.length > 0) children.push({ type: 'list', spread: false, children: items });
  if (macro.richBody !== undefined) {
    for (const block of inner.flow(macro.richBody)) children.push(block);
  }
  if (macro.plainBody) children.push(bodyFence(macro.name, macro.plainBody));
  return reader.canNest ? [{ type: 'blockquote', children } as RootContent] : children;
}

function shortForm(macro: Macro, reader: StorageReader, added: PhrasingContent[][]): Mixed[] {
  const name: PhrasingContent = { type: 'inlineCode', value: `{${macro.name}}` };
  const words = [...parameters(macro, reader), ...added];
  if (words.length === 0) return [name];
  const listed = words.flatMap((part, index) => (index === 0 ? part : [text(', '), ...part]));
  return [name, text(' ('), ...listed, text(')')];
}

function bodyFence(name: string, value: string): RootContent {
  return { type: 'code', value, ...(/^[\w-]+$/.test(name) && { lang: name }) };
}

/** Each parameter as `name: value`; the default one has no name. */
function parameters(macro: Macro, reader: StorageReader): PhrasingContent[][] {
  return [...macro.parameters]
    .filter(([name]) => !internal.has(name))
    .map(([name, value]) => named(name, words(value, reader)))
    .filter((parts) => parts.length > 0);
}

function named(name: string, value: PhrasingContent[]): PhrasingContent[] {
  if (name === '') return value;
  return value.length === 0 ? [text(name)] : [text(`${name}: `), ...value];
}

function words(value: readonly XmlNode[], reader: StorageReader): PhrasingContent[] {
  return toPhrasing(reader.inside({ inline: true }).mixed(value));
}

/** What Confluence notes for itself. */
const internal = new Set(['atlassian-macro-output-type']);
