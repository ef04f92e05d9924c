import type { XmlElement } from '../storage/xml.ts';
import { element } from './lowered.ts';
import { type AdfMark, textOfAttribute } from './node.ts';

/** An element around a text, made when it is known that it is not open already. */
export interface Wrapper {
  /** Equal for equal marks. */
  readonly key: string;
  create(): XmlElement;
}

/** The elements of a node's marks, the outermost first, and the marks that nothing is known of. */
export function wrappersOf(marks: readonly AdfMark[]): {
  readonly wrappers: readonly Wrapper[];
  readonly unknown: readonly string[];
} {
  if (marks.length === 0) return { wrappers: [], unknown: [] };
  const ofType = new Map(marks.map((mark) => [mark.type, mark]));
  const wrappers = [...markElements].flatMap(([type, toElement]) => {
    const mark = ofType.get(type);
    return mark === undefined ? [] : [wrapper(type, toElement(mark))];
  });
  const unknown = [...ofType.keys()].filter((type) => !markElements.has(type) && !silent.has(type));
  return { wrappers, unknown };
}

interface MarkElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}

function wrapper(type: string, { name, attributes = {} }: MarkElement): Wrapper {
  const key = [type, name, ...Object.values(attributes)].join('\n');
  return { key, create: () => element(name, attributes) };
}

function colour(property: string): (mark: AdfMark) => MarkElement {
  return ({ attrs }) => ({
    name: 'span',
    attributes: { style: `${property}: ${textOfAttribute(attrs['color']) ?? ''}` },
  });
}

/** In the order in which they are put around a text: links outside, code inside. */
const markElements: ReadonlyMap<string, (mark: AdfMark) => MarkElement> = new Map<
  string,
  (mark: AdfMark) => MarkElement
>([
  ['link', ({ attrs }) => ({ name: 'a', attributes: { href: textOfAttribute(attrs['href']) } })],
  ['textColor', colour('color')],
  ['backgroundColor', colour('background-color')],
  ['strong', () => ({ name: 'strong' })],
  ['em', () => ({ name: 'em' })],
  ['strike', () => ({ name: 'del' })],
  ['underline', () => ({ name: 'u' })],
  ['subsup', ({ attrs }) => ({ name: attrs['type'] === 'sup' ? 'sup' : 'sub' })],
  ['code', () => ({ name: 'code' })],
]);

/** Where and how large something is shown, and comments, which are mirrored beside the page. */
const silent = new Set([
  'alignment',
  'annotation',
  'border',
  'breakout',
  'dataConsumer',
  'fontSize',
  'fragment',
  'indentation',
]);
