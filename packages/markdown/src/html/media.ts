import { buildElement } from '../storage/build-element.ts';
import { attribute, findChild, isElement } from '../storage/element.ts';
import type { XmlElement } from '../storage/xml.ts';
import { isBlank } from './inline-macros.ts';
import { hasClass, type LowerRule } from './lower-rule.ts';

/** Emoji, images of Confluence, and images that load later. */
export const lowerImage: LowerRule = (element) => {
  if (hasClass(element, 'emoticon')) return [emoticon(element)];
  const source = attribute(element, 'data-image-src') ?? laterSource(element);
  const alt = attribute(element, 'alt') ?? attribute(element, 'data-linked-resource-default-alias');
  if (source === undefined && alt === attribute(element, 'alt')) return undefined;
  const attributes = new Map(element.attributes);
  if (source !== undefined) attributes.set('src', source);
  if (alt !== undefined) attributes.set('alt', alt);
  return [{ ...element, attributes }];
};

/** Pages that load images on demand keep the address apart and show an empty image until then. */
function laterSource(element: XmlElement): string | undefined {
  const source = attribute(element, 'src');
  const isPlaceholder = source === undefined || source.startsWith('data:');
  return isPlaceholder ? attribute(element, 'data-src') : undefined;
}

function emoticon(element: XmlElement): XmlElement {
  const pairs = emoticonAttributes.flatMap(([from, to]) => {
    const value = attribute(element, from);
    return value === undefined ? [] : [[to, value] as const];
  });
  const name = /\bemoticon-([\w-]+)/.exec(attribute(element, 'class') ?? '')?.[1];
  return buildElement('ac:emoticon', {
    ...(name !== undefined && { 'ac:name': name }),
    ...Object.fromEntries(pairs),
  });
}

const emoticonAttributes = [
  ['data-emoticon-name', 'ac:name'],
  ['data-emoji-id', 'ac:emoji-id'],
  ['data-emoji-shortname', 'ac:emoji-shortname'],
  ['data-emoji-fallback', 'ac:emoji-fallback'],
  ['alt', 'ac:shortcut'],
] as const;

/** A figure of one image: the image with its caption. */
export const lowerFigure: LowerRule = (element, lower) => {
  const shown = element.children.filter((child) => !isBlank(child));
  const [image, caption] = shown;
  if (shown.length !== 2 || !isElement(image) || !isElement(caption)) return undefined;
  const source = attribute(image, 'src');
  const isCaptioned = image.name === 'img' && caption.name === 'figcaption';
  if (!isCaptioned || source === undefined || source.startsWith('data:')) return undefined;
  const address = buildElement('ri:url', { 'ri:value': source });
  const words = buildElement('ac:caption', {}, lower(caption.children));
  const attributes = new Map([...image.attributes, ['ac:layout', 'center']]);
  return [{ name: 'ac:image', attributes, children: [address, words] }];
};

/** Sound and film: the address of what they play. Inside is only what old browsers show. */
export const lowerMedia: LowerRule = (element) => {
  const inner = findChild(element, 'source');
  const source = attribute(element, 'src') ?? (inner && attribute(inner, 'src'));
  return source === undefined ? undefined : [buildElement('embed', { src: source })];
};
