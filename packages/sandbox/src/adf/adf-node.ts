/** A node or a mark of the Atlassian Document Format. */
export interface AdfNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
  readonly marks?: readonly AdfNode[];
  readonly text?: string;
}

/** Makes a node; attributes without a value are left out. */
export function node(
  type: string,
  attrs: Readonly<Record<string, unknown>> = {},
  content?: readonly AdfNode[],
): AdfNode {
  const given = Object.entries(attrs).filter(([, value]) => value !== undefined);
  return {
    type,
    ...(given.length === 0 ? {} : { attrs: Object.fromEntries(given) }),
    ...(content === undefined ? {} : { content }),
  };
}

/** A text with marks; a mark is there once. */
export function textNode(text: string, marks: readonly AdfNode[]): AdfNode {
  const once = marks.filter(
    ({ type }, index) => marks.findIndex((mark) => mark.type === type) === index,
  );
  return { type: 'text', text, ...(once.length === 0 ? {} : { marks: once }) };
}
