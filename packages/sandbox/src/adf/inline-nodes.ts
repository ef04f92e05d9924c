import { type AdfNode, node, textNode } from './adf-node.ts';
import type { BodyNames } from './body-names.ts';
import { macroNode, parametersOf } from './macro-nodes.ts';
import {
  childOf,
  isElement,
  type StorageElement,
  type StorageNode,
  textOf,
} from './storage-tree.ts';

const marksOf: Readonly<Record<string, AdfNode>> = {
  strong: node('strong'),
  b: node('strong'),
  em: node('em'),
  i: node('em'),
  ins: node('underline'),
  u: node('underline'),
  del: node('strike'),
  s: node('strike'),
  code: node('code'),
  sub: node('subsup', { type: 'sub' }),
  sup: node('subsup', { type: 'sup' }),
};

/** What stands in a line. */
export function inlineNodes(
  nodes: readonly StorageNode[],
  names: BodyNames,
  marks: readonly AdfNode[] = [],
): AdfNode[] {
  return nodes.flatMap((each) => {
    if (isElement(each)) return inlineNode(each, names, marks);
    const text = each.replaceAll(/\s+/g, ' ');
    return text === '' ? [] : [textNode(text, marks)];
  });
}

type Inline = (
  element: StorageElement,
  names: BodyNames,
  marks: readonly AdfNode[],
) => readonly AdfNode[];

function inlineNode(
  element: StorageElement,
  names: BodyNames,
  marks: readonly AdfNode[],
): readonly AdfNode[] {
  const mark = marksOf[element.name] ?? colourOf(element);
  const inside = mark === undefined ? marks : [...marks, mark];
  return (
    inlines[element.name]?.(element, names, marks) ?? inlineNodes(element.children, names, inside)
  );
}

/** The editor writes `#ff0000` where the storage format writes `rgb(255,0,0)`. */
function colourOf({ attributes }: StorageElement): AdfNode | undefined {
  const parts = /\bcolor:\s*rgb\(([\d\s,]+)\)/.exec(attributes['style'] ?? '')?.[1]?.split(',');
  if (parts === undefined) return undefined;
  const hex = parts.map((part) => Number(part).toString(16).padStart(2, '0'));
  return node('textColor', { color: `#${hex.join('')}` });
}

const anchorNodes: Inline = ({ attributes, children }, names, marks) => {
  const { href } = attributes;
  if (href === undefined) return inlineNodes(children, names, marks);
  if (attributes['data-card-appearance'] !== undefined) return [node('inlineCard', { url: href })];
  return inlineNodes(children, names, [...marks, node('link', { href })]);
};

const linkNodes: Inline = (element, names, marks) => {
  const user = childOf(element, 'ri:user');
  const id = user?.attributes['ri:account-id'];
  if (id !== undefined) return [node('mention', { id, text: `@${names.person(id)}` })];
  const words = childOf(element, 'ac:link-body', 'ac:plain-text-link-body')?.children;
  const file = childOf(element, 'ri:attachment');
  if (file !== undefined) {
    const { id: media, collection, fileName } = names.media(file);
    if (words === undefined) {
      return [node('mediaInline', { type: 'file', id: media, collection, alt: fileName })];
    }
  }
  const resource = childOf(element, 'ri:page', 'ri:blog-post', 'ri:space');
  const target = resource && names.target(resource);
  const anchor = element.attributes['ac:anchor'];
  const place = anchor === undefined ? '' : `#${anchor.replaceAll(/\s/g, '%20')}`;
  const href = `${target?.url ?? ''}${place}`;
  if (element.attributes['ac:card-appearance'] !== undefined && target !== undefined) {
    return [node('inlineCard', { url: href })];
  }
  const shown = words ?? [target?.text ?? anchor ?? ''];
  return inlineNodes(shown, names, href === '' ? marks : [...marks, node('link', { href })]);
};

const inlines: Readonly<Record<string, Inline>> = {
  a: anchorNodes,
  'ac:link': linkNodes,
  'ac:emoticon': ({ attributes }) => [
    node('emoji', {
      shortName: attributes['ac:emoji-shortname'] ?? `:${attributes['ac:name'] ?? ''}:`,
      id: attributes['ac:emoji-id'],
      text:
        attributes['ac:emoji-fallback'] ?? (attributes['ac:name'] === 'smile' ? '🙂' : undefined),
    }),
  ],
  'ac:image': (element, names) => {
    const file = childOf(element, 'ri:attachment');
    if (file === undefined) return [];
    const { id, collection, fileName } = names.media(file);
    const alt = element.attributes['ac:alt'] ?? fileName;
    return [node('mediaInline', { type: 'image', id, collection, alt })];
  },
  'ac:placeholder': ({ children }) => [node('placeholder', { text: textOf(children) })],
  'ac:structured-macro': (element) => {
    const { title = '', colour = 'neutral' } = parametersOf(element);
    if (element.attributes['ac:name'] === 'status') {
      const color = colour === 'Grey' ? 'neutral' : colour.toLowerCase();
      return [node('status', { text: title, color })];
    }
    return [macroNode('inlineExtension', element)];
  },
  br: () => [node('hardBreak')],
  time: ({ attributes }) => [
    node('date', { timestamp: String(Date.parse(attributes['datetime'] ?? '')) }),
  ],
};
