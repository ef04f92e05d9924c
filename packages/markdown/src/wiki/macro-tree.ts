import { type MacroTag, scanMacroTags } from './macro-tags.ts';

/** Wiki markup with its macros told apart. */
export type Piece = WikiMacro | string;

export interface WikiMacro {
  readonly name: string;
  /** By name; the one without a name has the empty one. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Text that is shown as written, of the macros that have it. */
  readonly raw: string | undefined;
  readonly body: Piece[];
}

/** Macros nested deeper lose their frame, not their content. */
const maxMacroDepth = 20;

/** Reads the macros of a text. A tag that has no partner is text. */
export function readMacros(text: string): Piece[] {
  const parts = scanMacroTags(text);
  const partners = pair(parts);
  const root: Piece[] = [];
  const open: Piece[][] = [root];
  for (const [index, part] of parts.entries()) {
    const target = open.at(-1) ?? root;
    const partner = partners.get(index);
    if (typeof part === 'string') addText(target, part);
    else if (part.kind !== 'body') target.push(toMacro(part));
    else if (partner === undefined) addText(target, part.source);
    else if (partner < index) open.pop();
    else if (open.length > maxMacroDepth) open.push(target);
    else {
      const macro = toMacro(part);
      target.push(macro);
      open.push(macro.body);
    }
  }
  return root;
}

/** Which tag begins and which ends a macro: the same tag may do either. */
function pair(parts: readonly (MacroTag | string)[]): Map<number, number> {
  const partners = new Map<number, number>();
  const open: { name: string; index: number }[] = [];
  const openCount = new Map<string, number>();
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string' || part.kind !== 'body') continue;
    const { name } = part;
    const count = openCount.get(name) ?? 0;
    if (part.parameters !== '' || count === 0) {
      open.push({ name, index });
      openCount.set(name, count + 1);
      continue;
    }
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      openCount.set(last.name, (openCount.get(last.name) ?? 1) - 1);
      if (last.name !== name) continue;
      partners.set(last.index, index);
      partners.set(index, last.index);
      break;
    }
  }
  return partners;
}

function toMacro({ name, parameters, raw }: MacroTag): WikiMacro {
  return { name, parameters: readParameters(parameters), raw, body: [] };
}

function readParameters(written: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of written.split('|')) {
    const sign = part.indexOf('=');
    const name = sign === -1 ? '' : part.slice(0, sign).trim();
    const value = part.slice(sign + 1).trim();
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

/** Neighbouring texts are one, so that marks and links are seen whole. */
function addText(target: Piece[], text: string): void {
  const last = target.at(-1);
  if (typeof last === 'string') target[target.length - 1] = last + text;
  else target.push(text);
}
