import type { Image } from 'mdast';

import { toFlow } from '../mdast/flow.ts';
import type { Mixed } from '../mdast/nodes.ts';
import { attribute, findChild } from './element.ts';
import { attachmentTarget, mediaTarget, type Target, urlTarget } from './links.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { XmlElement } from './xml.ts';

/** `ac:image`: the image, and its caption in italics on the line below. */
export const convertImage: ElementHandler = (element, reader) => {
  const { url, fallback } = imageTarget(element, reader);
  const name = textAttribute(element, 'alt') ?? textAttribute(element, 'title') ?? fallback;
  countSize(element, reader);
  const image: Mixed =
    url === undefined
      ? { type: 'text', value: name }
      : { ...imageNode(url, name), ...titleOf(element) };
  const caption = findChild(element, 'ac:caption');
  const words =
    caption === undefined ? [] : reader.inside({ mark: 'emphasis' }).phrasing(caption.children);
  const shown: Mixed[] =
    words.length === 0
      ? [image]
      : [image, { type: 'break' }, { type: 'emphasis', children: words }];
  return isBlock(element, reader) ? toFlow(shown) : shown;
};

/** `<img>`, as old bodies and pasted HTML have it. */
export const convertHtmlImage: ElementHandler = (element, reader) => {
  const source = attribute(element, 'src');
  const name = textAttribute(element, 'alt') ?? textAttribute(element, 'title') ?? '';
  countSize(element, reader);
  if (source === undefined) return [{ type: 'text', value: name }];
  if (source.startsWith('data:')) {
    // The bytes of an image in the middle of the text help nobody who reads or searches it.
    reader.lost('embedded image data');
    return [{ type: 'text', value: name || 'image' }];
  }
  return [{ ...imageNode(reader.references.url(source), name), ...titleOf(element) }];
};

function imageTarget(element: XmlElement, reader: StorageReader): Target {
  const file = findChild(element, 'ri:attachment');
  if (file !== undefined) return attachmentTarget(file, undefined, reader.references);
  const address = findChild(element, 'ri:url');
  if (address !== undefined) return urlTarget(address, undefined, reader.references);
  const media = findChild(element, 'adf:media');
  if (media === undefined) return { fallback: '' };
  const target = mediaTarget(media, undefined, reader.references);
  if (target.url === undefined) reader.lost('media');
  return target;
}

function imageNode(url: string, alt: string): Image {
  return { type: 'image', url, alt: alt.replaceAll(/\s+/g, ' ').trim() };
}

function titleOf(element: XmlElement): { title?: string } {
  const title = textAttribute(element, 'title')?.replaceAll(/\s+/g, ' ').trim();
  return title === undefined ? {} : { title };
}

function textAttribute(element: XmlElement, name: string): string | undefined {
  return attribute(element, `ac:${name}`) ?? attribute(element, name);
}

function countSize(element: XmlElement, reader: StorageReader): void {
  if (textAttribute(element, 'width') ?? textAttribute(element, 'height')) {
    reader.lost('image size');
  }
}

/** The editor gives a layout to the images that stand between paragraphs. */
function isBlock(element: XmlElement, reader: StorageReader): boolean {
  return !reader.inline && !reader.inLink && attribute(element, 'ac:layout') !== undefined;
}
