/** Where a text stops being JSON, and why. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
const DEEPEST = 200;

/**
 * The first fault of a text that is not JSON, or `undefined` when it is. `JSON.parse` does not tell
 * the place of most faults on Node 20, and quotes the text around them, which may hold a secret.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0), 0));
    if (end < text.length) fail(end, 'Expected the end of the file');
    return undefined;
  } catch (error) {
    if (error instanceof FaultError) return error;
    throw error;
  }
}

class FaultError extends Error implements JsonFault {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

function fail(offset: number, message: string): never {
  throw new FaultError(offset, message);
}

function readValue(text: string, at: number, depth: number): number {
  if (depth > DEEPEST) fail(at, `Lists and objects are nested more than ${DEEPEST} deep`);
  const first = text[at];
  if (first === '{') return readMembers(text, at, depth, '}');
  if (first === '[') return readMembers(text, at, depth, ']');
  if (first === '"') return readString(text, at);
  return matchAt(LITERAL, text, at) ?? fail(at, explainValue(text, at));
}

function readMembers(text: string, open: number, depth: number, close: '}' | ']'): number {
  let at = skipSpace(text, open + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    if (close === '}') at = readKey(text, at);
    at = skipSpace(text, readValue(text, at, depth + 1));
    if (text[at] === close) return at + 1;
    if (text[at] !== ',')
      fail(
        at,
        at >= text.length
          ? `Expected "${close}" before the end of the file`
          : `Expected "," or "${close}"`,
      );
    const comma = at;
    at = skipSpace(text, at + 1);
    if (text[at] === close) fail(comma, `A comma before "${close}" is not allowed`);
  }
}

function readKey(text: string, at: number): number {
  if (text[at] !== '"')
    fail(at, text.startsWith('/', at) ? explainValue(text, at) : 'Expected a key in double quotes');
  const colon = skipSpace(text, readString(text, at));
  if (text[colon] !== ':') fail(colon, 'Expected ":" behind the key');
  return skipSpace(text, colon + 1);
}

function readString(text: string, at: number): number {
  return (
    matchAt(STRING, text, at) ??
    fail(at, 'This text in quotes does not end, or holds a line break, a tab or an unknown escape')
  );
}

function explainValue(text: string, at: number): string {
  if (at >= text.length) return 'Expected a value before the end of the file';
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'JSON has no comments';
  if (text[at] === "'") return 'Text needs double quotes';
  return 'Expected a value: text in double quotes, a number, true, false, null, a list or an object';
}

function skipSpace(text: string, at: number): number {
  return matchAt(SPACE, text, at) ?? at;
}

function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
