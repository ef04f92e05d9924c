/** Nodes of the Atlassian Document Format, for what the connector says itself. */
export type AdfNode = Readonly<Record<string, unknown>>;

export function text(value: string): AdfNode[] {
  return value === '' ? [] : [{ type: 'text', text: value }];
}

export function paragraph(...content: readonly AdfNode[]): AdfNode {
  return { type: 'paragraph', content };
}

export function heading(value: string): AdfNode {
  return { type: 'heading', attrs: { level: 2 }, content: text(value) };
}

/** Each item is one or more blocks. */
export function bulletList(items: readonly (readonly AdfNode[])[]): AdfNode {
  return { type: 'bulletList', content: items.map((content) => ({ type: 'listItem', content })) };
}

/** Somebody without an id is told by name alone. */
export function person({ id, name }: { readonly id?: string; readonly name: string }): AdfNode {
  return id === undefined
    ? { type: 'text', text: name }
    : { type: 'mention', attrs: { id, text: `@${name}` } };
}

/** A link that shows what its target is called. */
export function card(url: string): AdfNode {
  return { type: 'inlineCard', attrs: { url } };
}

export function link(url: string, value: string): AdfNode {
  return { type: 'text', text: value, marks: [{ type: 'link', attrs: { href: url } }] };
}

export function document(...content: readonly AdfNode[]): AdfNode {
  return { type: 'doc', version: 1, content };
}
