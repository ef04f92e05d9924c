import { decodeHTMLStrict } from 'entities';

/** An element of the storage format. */
export interface StorageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: StorageNode[];
}

/** An element or a text. */
export type StorageNode = StorageElement | string;

const token =
  /<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>|<(?<close>\/?)(?<name>[A-Za-z][\w:.-]*)(?<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>|(?<text>[^<]+|<)/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads a body that is well formed; what is not, it reads as far as it can. */
export function parseStorage(body: string): StorageNode[] {
  const root: StorageElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const { groups = {} } of body.matchAll(token)) {
    const { cdata, close, name, rest = '', text } = groups;
    const parent = open.at(-1) ?? root;
    if (cdata !== undefined) parent.children.push(cdata);
    else if (text !== undefined) parent.children.push(decodeHTMLStrict(text));
    else if (close === '/') {
      const index = open.findLastIndex((element) => element.name === name);
      if (index > 0) open.length = index;
    } else if (name !== undefined) {
      const element = { name, attributes: attributesOf(rest), children: [] };
      parent.children.push(element);
      if (!rest.endsWith('/')) open.push(element);
    }
  }
  return root.children;
}

function attributesOf(rest: string): Record<string, string> {
  return Object.fromEntries(
    [...rest.matchAll(attribute)].map(([, name = '', one, other]) => [
      name,
      decodeHTMLStrict(one ?? other ?? ''),
    ]),
  );
}

export function isElement(node: StorageNode): node is StorageElement {
  return typeof node !== 'string';
}

export function childOf(element: StorageElement, ...names: string[]): StorageElement | undefined {
  return element.children.filter(isElement).find(({ name }) => names.includes(name));
}

/** All the text inside. */
export function textOf(nodes: readonly StorageNode[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node)).join('');
}
