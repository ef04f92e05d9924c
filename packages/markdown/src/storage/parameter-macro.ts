import type { Mixed } from '../mdast/nodes.ts';
import { plainBodyFence } from './code.ts';
import { isElement, textOf } from './element.ts';
import { link } from './links.ts';
import { type Macro, type MacroHandler, parameter } from './macro.ts';
import type { StorageReader } from './reader.ts';
import { convertUnknownMacro } from './visible-macro.ts';
import type { XmlElement } from './xml.ts';

/**
 * Gives the handler of a macro that says all in its parameters. `convert` answers `undefined` when they
 * are not as expected: then the macro is shown as it stands. A body that it should not have follows.
 */
export function fromParameters(
  convert: (macro: Macro, reader: StorageReader) => Mixed[] | undefined,
): MacroHandler {
  return (macro, reader) => {
    const nodes = convert(macro, reader);
    return nodes === undefined
      ? convertUnknownMacro(macro, reader)
      : [...nodes, ...bodyOf(macro, reader)];
  };
}

/** The content of a macro, without any frame. */
export function bodyOf(macro: Macro, reader: StorageReader): Mixed[] {
  return [...reader.mixed(macro.richBody ?? []), ...plainBodyFence(macro)];
}

/** The first of the parameters that says something. */
export function firstParameter(macro: Macro, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = parameter(macro, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first element with one of the names among the parameters: there it may stand inside a link. */
export function findResource(
  macro: Macro,
  parameters: readonly string[],
  names: readonly string[],
): XmlElement | undefined {
  const open = parameters.flatMap((name) => macro.parameters.get(name) ?? []).toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    if (names.includes(node.name)) return node;
    for (const child of node.children.toReversed()) open.push(child);
  }
  return undefined;
}

/** A parameter that holds an address: a link to it. */
export function addressOf(
  macro: Macro,
  names: readonly string[],
  reader: StorageReader,
): Mixed[] | undefined {
  for (const name of names) {
    const nodes = macro.parameters.get(name) ?? [];
    const written = textOf(nodes).trim();
    if (nodes.some(isElement)) return reader.phrasing(nodes);
    if (written !== '') {
      return link([], { url: reader.references.url(written), fallback: written }, reader);
    }
  }
  return undefined;
}
