import { type WikiMacroKind, wikiMacroKinds } from './macro-names.ts';
import { NextOf } from './next-of.ts';

/** A tag such as `{color:red}`, with the text up to its end tag when that is not markup. */
export interface MacroTag {
  readonly name: string;
  readonly kind: WikiMacroKind;
  /** As written between the colon and the brace. */
  readonly parameters: string;
  /** As written, for when it turns out to be text. */
  readonly source: string;
  readonly raw?: string;
}

const longestName = 10;

/** Parts a text at the tags of the macros that are known. */
export function scanMacroTags(text: string): (MacroTag | string)[] {
  return new TagScanner(text).scan();
}

class TagScanner {
  readonly #text: string;
  readonly #parts: (MacroTag | string)[] = [];
  readonly #brace: NextOf;
  readonly #lineEnd: NextOf;
  readonly #codeEnd: NextOf;
  readonly #rawEnds = new Map<string, NextOf>();
  #consumed = 0;

  constructor(text: string) {
    this.#text = text;
    this.#brace = new NextOf(text, '}');
    this.#lineEnd = new NextOf(text, '\n');
    this.#codeEnd = new NextOf(text, '}}');
  }

  scan(): (MacroTag | string)[] {
    let at = this.#text.indexOf('{');
    while (at !== -1) at = this.#text.indexOf('{', this.#read(at));
    this.#keepText(this.#text.length);
    return this.#parts;
  }

  /** Reads what a brace begins and gives where to go on. */
  #read(start: number): number {
    if (this.#isEscaped(start)) return start + 1;
    const lineEnd = this.#lineEnd.from(start);
    if (this.#text[start + 1] === '{') {
      const end = this.#codeEnd.from(start + 2);
      return end < lineEnd ? end + 2 : start + 2;
    }
    const end = this.#brace.from(start);
    if (end >= lineEnd) return start + 1;
    const tag = this.#tagAt(start, end);
    if (tag === undefined) return start + 1;
    const after = end + 1;
    if (tag.kind !== 'raw') return this.#keep(tag, start, after);
    const endTag = `{${tag.name}}`;
    const rawEnd = this.#rawEnd(endTag).from(after);
    if (rawEnd === Infinity) return after;
    const raw = this.#text.slice(after, rawEnd);
    return this.#keep({ ...tag, raw }, start, rawEnd + endTag.length);
  }

  /** Two backslashes are a line break. */
  #isEscaped(start: number): boolean {
    let before = start;
    while (this.#text[before - 1] === '\\') before -= 1;
    return (start - before) % 2 === 1;
  }

  #tagAt(start: number, end: number): MacroTag | undefined {
    const head = this.#text.slice(start + 1, Math.min(end, start + 2 + longestName));
    const name = (head.split(':', 1)[0] ?? '').toLowerCase();
    const kind = wikiMacroKinds.get(name);
    if (kind === undefined) return undefined;
    const source = this.#text.slice(start, end + 1);
    return { name, kind, parameters: source.slice(name.length + 2, -1), source };
  }

  #rawEnd(endTag: string): NextOf {
    const known = this.#rawEnds.get(endTag) ?? new NextOf(this.#text, endTag);
    this.#rawEnds.set(endTag, known);
    return known;
  }

  #keep(tag: MacroTag, start: number, end: number): number {
    this.#keepText(start);
    this.#parts.push(tag);
    this.#consumed = end;
    return end;
  }

  #keepText(end: number): void {
    if (end > this.#consumed) this.#parts.push(this.#text.slice(this.#consumed, end));
    this.#consumed = end;
  }
}
