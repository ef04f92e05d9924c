/** Short words for what tests write in ADF. */
export interface Adf {
  readonly type: string;
  readonly [name: string]: unknown;
}

export function node(type: string, attrs: Readonly<Record<string, unknown>>, ...content: Adf[]): Adf {
  return { type, attrs, ...(content.length > 0 && { content }) };
}

/** Text with marks, each by its type or as an object. */
export function text(words: string, ...marks: (string | Adf)[]): Adf {
  const written = marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark));
  return { type: 'text', text: words, ...(written.length > 0 && { marks: written }) };
}

/** A paragraph; strings are its texts. */
export function p(...content: (string | Adf)[]): Adf {
  return node('paragraph', {}, ...content.map((each) => (typeof each === 'string' ? text(each) : each)));
}

export function doc(...content: Adf[]): Adf {
  return { version: 1, ...node('doc', {}, ...content) };
}
