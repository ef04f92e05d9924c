import type { Document, LineCounter, Pair } from 'yaml';

import { findJsonFaults } from './json-fault.ts';

/** A place in a text; both from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** A fault of the text itself. */
interface SyntaxFault extends Partial<Position> {
  readonly message: string;
  readonly hint?: string;
}

/** A config file read into values, with the way back from a value to its place. */
export interface ConfigText {
  readonly value: unknown;
  /** Every fault of the syntax; `value` is of no use when there is one. */
  readonly faults: readonly SyntaxFault[];
  /**
   * Where a field stands, its key or its value; for one that is not there, the nearest above it.
   * `undefined` when the file has no positions.
   */
  position(path: readonly PropertyKey[], part: 'key' | 'value'): Position | undefined;
}

/** Reads JSON, in every respect as strict as `JSON.parse`. */
export async function parseJsonText(text: string): Promise<ConfigText> {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  const body = withoutMark(text);
  const faults = findJsonFaults(body);
  // JSON is YAML, so one reader gives the positions and duplicate keys of both.
  const read = await parseYamlText(body);
  if (faults.length === 0) return { ...read, value: JSON.parse(body) };
  const placed = faults.map(({ offset, message }) => ({ ...positionAt(body, offset), message }));
  const twice = read.faults.filter(({ message }) => message === FAULTS['DUPLICATE_KEY']?.message);
  return { ...read, faults: [...placed, ...twice] };
}

/** Reads YAML 1.2, one document. */
export async function parseYamlText(text: string): Promise<ConfigText> {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  const { LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  // Pretty errors quote the lines around a fault, which may hold a secret.
  const document = parseDocument(withoutMark(text), { lineCounter, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...toPosition(lineCounter, pos[0]),
    ...(FAULTS[code] ?? { message }),
  }));
  const { value, fault } = toValue(document);
  const position: ConfigText['position'] = (path, part) => {
    const offset = findOffset(document, path, part);
    return offset === undefined ? undefined : toPosition(lineCounter, offset);
  };
  return { value, faults: fault === undefined ? faults : [...faults, fault], position };
}

const FAULTS: Readonly<Record<string, SyntaxFault>> = {
  DUPLICATE_KEY: { message: 'This key is there twice', hint: 'keep one of them' },
  TAB_AS_INDENT: { message: 'A tab cannot indent a line', hint: 'use spaces' },
  MULTIPLE_DOCS: { message: 'A second document begins here', hint: 'remove the line "---"' },
};

function refuseText(text: string): ConfigText | undefined {
  const position = () => undefined;
  // Read as UTF-8, the byte order mark of UTF-16 becomes two replacement characters.
  if (text.startsWith('\uFFFD\uFFFD') || text.includes('\0')) {
    return {
      value: undefined,
      faults: [{ message: 'This is not a text in UTF-8', hint: 'save the file as UTF-8' }],
      position,
    };
  }
  return undefined;
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function toValue(document: Document.Parsed): { value: unknown; fault?: SyntaxFault } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    return {
      value: undefined,
      fault: { message: error instanceof Error ? error.message : String(error) },
    };
  }
}

function findOffset(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const [index, key] of path.entries()) {
    const pair = findPair(node, key);
    const next = pair === undefined ? findItem(node, key) : pair.value;
    if (pair === undefined && next === undefined) return offset;
    const wantsKey = part === 'key' || index < path.length - 1;
    offset =
      (wantsKey ? startOf(pair?.key) : undefined) ?? startOf(next) ?? startOf(pair?.key) ?? offset;
    node = next;
  }
  return offset;
}

function findPair(node: unknown, key: PropertyKey): Pair | undefined {
  if (!hasItems(node)) return undefined;
  return node.items.find(
    (item): item is Pair =>
      typeof item === 'object' &&
      item !== null &&
      'key' in item &&
      textOf(item.key) === String(key),
  );
}

function findItem(node: unknown, key: PropertyKey): unknown {
  return hasItems(node) && typeof key === 'number' ? node.items[key] : undefined;
}

function hasItems(node: unknown): node is { readonly items: readonly unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

function textOf(key: unknown): string | undefined {
  if (typeof key !== 'object' || key === null || !('value' in key)) return undefined;
  const { value } = key;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const [start] = Array.isArray(node.range) ? node.range : [];
  return typeof start === 'number' ? start : undefined;
}

function toPosition(lineCounter: LineCounter, offset: number): Position {
  const { line, col } = lineCounter.linePos(offset);
  return { line, column: col };
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
