/** Where a text is not JSON, and why. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
const COMMENT = /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//y;
const SINGLE_QUOTED = /'(?:[^'\\\n]|\\.)*'/y;
/** What somebody meant as a value, and what somebody meant as a key. */
const BARE_VALUE = /[^\s,:[\]{}"']+/y;
const BARE_KEY = /[\w$-]+/y;
const DEEPEST = 200;

/**
 * The faults of a text that is not JSON, none when it is: the first, and those behind it as long as
 * what is meant can be told. `JSON.parse` does not tell the place of most faults on Node 20, and quotes
 * the text around them, which may hold a secret.
 */
export function findJsonFaults(text: string): readonly JsonFault[] {
  const reader = new JsonReader(text);
  reader.read();
  return reader.faults;
}

/** Thrown where it cannot be told how the text goes on. */
class Lost extends Error {}

class JsonReader {
  readonly faults: JsonFault[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    try {
      this.#skipSpace();
      this.#readValue(0);
      this.#skipSpace();
      if (this.#at < this.#text.length) this.#note('Expected the end of the file');
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
    }
  }

  #readValue(depth: number): void {
    if (depth > DEEPEST) this.#fail(`Lists and objects are nested more than ${DEEPEST} deep`);
    const first = this.#text[this.#at];
    if (first === '{') this.#readMembers(depth, '}');
    else if (first === '[') this.#readMembers(depth, ']');
    else if (first === '"') this.#readString();
    else if (!this.#skip(LITERAL)) this.#readWrongValue();
  }

  #readMembers(depth: number, close: '}' | ']'): void {
    this.#at += 1;
    this.#skipSpace();
    while (this.#text[this.#at] !== close) {
      if (close === '}') this.#readKey();
      this.#readValue(depth + 1);
      this.#skipSpace();
      this.#readComma(close);
    }
    this.#at += 1;
  }

  /** Ends before the next member or before `close`. */
  #readComma(close: '}' | ']'): void {
    const next = this.#text[this.#at];
    if (next === close) return;
    if (next === undefined) this.#fail(`Expected "${close}" before the end of the file`);
    if (next !== ',') {
      this.#note(`Expected "," or "${close}"`);
      // The next member begins here, or nobody knows what this is.
      if (next !== '"' && !(close === ']' && (next === '{' || next === '['))) throw new Lost();
      return;
    }
    const comma = this.#at;
    this.#at += 1;
    this.#skipSpace();
    if (this.#text[this.#at] === close)
      this.#note(`A comma before "${close}" is not allowed`, comma);
  }

  #readKey(): void {
    if (this.#text[this.#at] === '"') this.#readString();
    else {
      this.#note('Expected a key in double quotes');
      if (!this.#skip(SINGLE_QUOTED) && !this.#skip(BARE_KEY)) throw new Lost();
    }
    this.#skipSpace();
    if (this.#text[this.#at] !== ':') this.#fail('Expected ":" behind the key');
    this.#at += 1;
    this.#skipSpace();
  }

  #readString(): void {
    if (this.#skip(STRING)) return;
    this.#fail(
      'This text in quotes does not end, or holds a line break, a tab or an unknown escape',
    );
  }

  #readWrongValue(): void {
    if (this.#at >= this.#text.length) this.#fail('Expected a value before the end of the file');
    if (this.#text[this.#at] === "'") {
      this.#note('Text needs double quotes');
      if (!this.#skip(SINGLE_QUOTED)) throw new Lost();
      return;
    }
    this.#note(
      'Expected a value: text in double quotes, a number, true, false, null, a list or an object',
    );
    if (!this.#skip(BARE_VALUE) && this.#text[this.#at] !== ',') throw new Lost();
  }

  #skipSpace(): void {
    this.#skip(SPACE);
    while (this.#text[this.#at] === '/') {
      const start = this.#at;
      if (!this.#skip(COMMENT)) return;
      this.#note('JSON has no comments', start);
      this.#skip(SPACE);
    }
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #note(message: string, offset = this.#at): void {
    this.faults.push({ offset, message });
  }

  #fail(message: string): never {
    this.#note(message);
    throw new Lost();
  }
}
