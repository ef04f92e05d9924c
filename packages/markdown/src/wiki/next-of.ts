/**
 * Finds the next place of a word, for questions that move forward through a text. It searches no part
 * twice, so that thousands of questions cost one pass.
 */
export class NextOf {
  readonly #text: string;
  readonly #word: string;
  #found = -1;

  constructor(text: string, word: string) {
    this.#text = text;
    this.#word = word;
  }

  /** The first place at or after `from`; `Infinity` when there is none. */
  from(from: number): number {
    if (this.#found >= from) return this.#found;
    const found = this.#text.indexOf(this.#word, from);
    this.#found = found === -1 ? Infinity : found;
    return this.#found;
  }
}
