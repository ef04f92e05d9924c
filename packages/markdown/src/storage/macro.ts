import type { Mixed } from '../mdast/nodes.ts';
import { attribute, childElements, findChild, isElement, textOf } from './element.ts';
import type { StorageReader } from './reader.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** A macro with its parts told apart. */
export interface Macro {
  readonly name: string;
  /** In the order written; the key of the default parameter is empty. */
  readonly parameters: ReadonlyMap<string, readonly XmlNode[]>;
  /** Formatted content. */
  readonly richBody: readonly XmlNode[] | undefined;
  /** Content that is shown as it is written, e.g. code. */
  readonly plainBody: string | undefined;
}

/** Converts one kind of macro. */
export type MacroHandler = (macro: Macro, reader: StorageReader) => Mixed[];

/** Reads `ac:structured-macro`, and `ac:macro` as it was before Confluence 4.3. */
export function readMacro(element: XmlElement): Macro {
  const plain = findChild(element, 'ac:plain-text-body');
  const rich = element.children.filter((child) => !isPart(child));
  const hasRich = rich.some((child) => isElement(child) || child.trim() !== '');
  return {
    name: attribute(element, 'ac:name') ?? 'unnamed',
    parameters: readParameters(element),
    richBody: hasRich ? rich : undefined,
    plainBody: plain === undefined ? undefined : codeText(plain.children),
  };
}

const parameterNames = new Set(['ac:parameter', 'ac:default-parameter']);

function readParameters(element: XmlElement): Map<string, readonly XmlNode[]> {
  const parameters = new Map<string, XmlNode[]>();
  for (const child of childElements(element)) {
    if (!parameterNames.has(child.name)) continue;
    const name = attribute(child, 'ac:name') ?? '';
    // A name that comes again, as tables of parameters have it, keeps all its values.
    const before = parameters.get(name);
    if (before === undefined) parameters.set(name, [...child.children]);
    else for (const node of [', ', ...child.children]) before.push(node);
  }
  return parameters;
}

/** Everything that is not content: parameters, the plain body, and what the editor notes for itself. */
function isPart(node: XmlNode): boolean {
  if (!isElement(node)) return false;
  return (
    parameterNames.has(node.name) ||
    node.name === 'ac:plain-text-body' ||
    node.name.startsWith('fab:')
  );
}

/** A parameter as text, or `undefined` when it is absent or blank. */
export function parameter(macro: Macro, name: string): string | undefined {
  const value = macro.parameters.get(name);
  return value === undefined
    ? undefined
    : textOf(value).replaceAll(/\s+/g, ' ').trim() || undefined;
}

/** Code as written, without the line feeds around it and with the ends of its lines as line feeds. */
function codeText(nodes: readonly XmlNode[]): string {
  return textOf(nodes).replaceAll('\u00a0', ' ').replace(/^\n/, '').replace(/\s+$/, '');
}

/** Gives one handler to several macros, for a table of them. */
export function macros(names: string, handler: MacroHandler): [string, MacroHandler][] {
  return names.split(' ').map((name) => [name, handler]);
}
