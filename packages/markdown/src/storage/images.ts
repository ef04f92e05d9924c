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
  const image: Mixed =
    url === undefined
      ? { type: 'text', value: name }
      : { ...imageNode(url, name), ...titleOf(element), ...sizeOf(element, reader) };
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
  if (source === undefined) return [{ type: 'text', value: name }];
  if (source.startsWith('data:')) {
    // The bytes of an image in the middle of the text help nobody who reads or searches it.
    reader.lost('embedded image data');
    return [{ type: 'text', value: name || 'image' }];
  }
  const url = reader.references.url(source);
  return [{ ...imageNode(url, name), ...titleOf(element), ...sizeOf(element, reader) }];
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

/** Wider images stand between paragraphs, where viewers fit them into the column; see decision 0071. */
const widestIcon = 100;

/** The width of an icon, in pixels, is kept: any other size is lost. */
function sizeOf(element: XmlElement, reader: StorageReader): { data?: { width: number } } {
  const written = textAttribute(element, 'width');
  const width = /^(\d+)(?:px)?$/.exec(written ?? '')?.[1];
  if (width !== undefined && Number(width) > 0 && Number(width) <= widestIcon) {
    return { data: { width: Number(width) } };
  }
  if (written ?? textAttribute(element, 'height')) reader.lost('image size');
  return {};
}

/** The editor gives a layout to the images that stand between paragraphs. */
function isBlock(element: XmlElement, reader: StorageReader): boolean {
  return !reader.inline && !reader.inLink && attribute(element, 'ac:layout') !== undefined;
}
