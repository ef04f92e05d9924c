/** Where a text stops being JSON, counted from 1 as editors do. */
export interface JsonFault {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
  /** What stands there, e.g. `"}"`, or `the end`. */
  readonly found: string;
}

/** The words of JSON (RFC 8259), each where the one before it ended. */
const word =
  /[ \t\n\r]*(?:(?<sign>[[\]{},:])|(?<value>"(?:[ !#-[\]-\u{10FFFF}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'after value';

/** Gives the first place where a text is not JSON; `undefined` when all of it is. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  while (!(expected === 'after value' && open.length === 0)) {
    word.lastIndex = offset;
    const groups = word.exec(text)?.groups;
    const next: Expected | undefined = groups && step(expected, groups, open);
    if (next === undefined) return faultAt(text, offset);
    expected = next;
    offset = word.lastIndex;
  }
  return text.slice(offset).trim() === '' ? undefined : faultAt(text, offset);
}

/** What may follow; `undefined` when the word may not stand here. Brackets are noted in `open`. */
function step(
  expected: Expected,
  { sign, value }: Readonly<Record<string, string | undefined>>,
  open: ('[' | '{')[],
): Expected | undefined {
  const isName = expected.startsWith('name');
  if (value !== undefined) {
    if (isName) return value.startsWith('"') ? ':' : undefined;
    return expected.startsWith('value') ? 'after value' : undefined;
  }
  if (sign === ':') return expected === ':' ? 'value' : undefined;
  if (sign === '[' || sign === '{') {
    if (!expected.startsWith('value')) return undefined;
    open.push(sign);
    return sign === '[' ? 'value or ]' : 'name or }';
  }
  const around = open.at(-1);
  if (sign === ',') {
    if (expected !== 'after value') return undefined;
    return around === '[' ? 'value' : 'name';
  }
  const isEnd = around === (sign === ']' ? '[' : '{');
  if (!isEnd || !(expected === 'after value' || expected.endsWith(`or ${sign}`))) return undefined;
  open.pop();
  return 'after value';
}

function faultAt(text: string, from: number): JsonFault {
  const offset = from + (/^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0);
  const lines = text.slice(0, offset).split('\n');
  const found = /^(?:\w{1,12}|[^\0])/u.exec(text.slice(offset))?.[0];
  return {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    found: found === undefined ? 'the end' : JSON.stringify(found),
  };
}
