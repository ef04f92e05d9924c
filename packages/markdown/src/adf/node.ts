/** A node of an ADF document; its content is read when its turn comes. */
export interface AdfNode {
  readonly type: string;
  readonly attrs: Attributes;
  readonly marks: readonly AdfMark[];
  readonly text: string;
  readonly content: readonly unknown[];
}

export interface AdfMark {
  readonly type: string;
  readonly attrs: Attributes;
}

/** Attributes of which nothing is known but that they nest no deeper than `maxAttributeDepth`. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Takes what nobody can see out of a text; see `cleanText`. */
export type Clean = (text: string) => string;

/** Parameters of macros nest three or four levels; what lies deeper nobody reads. */
const maxAttributeDepth = 8;

/** Reads a value as a node; anything but an object is none. */
export function readNode(value: unknown, clean: Clean): AdfNode | undefined {
  if (!isRecord(value)) return undefined;
  return {
    type: typeof value['type'] === 'string' ? clean(value['type']) : '',
    attrs: readAttributes(value['attrs'], clean),
    marks: toArray(value['marks']).flatMap((mark) => readMark(mark, clean)),
    text: typeof value['text'] === 'string' ? clean(value['text']) : '',
    content: toArray(value['content']),
  };
}

function readMark(value: unknown, clean: Clean): AdfMark[] {
  if (!isRecord(value) || typeof value['type'] !== 'string') return [];
  return [{ type: clean(value['type']), attrs: readAttributes(value['attrs'], clean) }];
}

function readAttributes(value: unknown, clean: Clean): Attributes {
  return isRecord(value) ? copyRecord(value, clean, maxAttributeDepth) : {};
}

function copyRecord(record: Attributes, clean: Clean, depth: number): Attributes {
  const entries = Object.entries(record).map(
    ([name, value]) => [clean(name), copy(value, clean, depth - 1)] as const,
  );
  return Object.fromEntries(entries);
}

function copy(value: unknown, clean: Clean, depth: number): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // Nothing else is JSON.
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.map((each: unknown) => copy(each, clean, depth - 1));
  return isRecord(value) ? copyRecord(value, clean, depth) : undefined;
}

/** What an attribute says, as text: `undefined` when it says nothing. */
export function textOfAttribute(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  // `JSON.stringify` gives nothing for what JSON has no form for, which its types do not tell.
  return JSON.stringify(value) as string | undefined;
}

export function isRecord(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
