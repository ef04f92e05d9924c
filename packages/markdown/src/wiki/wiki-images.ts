import { buildElement } from '../storage/build-element.ts';
import type { XmlElement } from '../storage/xml.ts';

const address = /^[a-z][a-z\d+.-]*:\/\/\S+$/i;
const fileName = /^[^\s|!](?:[^|!\n]*[^\s|!])?\.[a-z\d]{1,5}$/i;
const path = /^\/\S+$/;

/** Reads what stands between two exclamation marks, when it is an image. */
export function readImage(content: string): XmlElement | undefined {
  const [source = '', ...rest] = content.split('|');
  if (source.length > longestName) return undefined;
  const isAddress = address.test(source) || path.test(source);
  if (!isAddress && !fileName.test(source)) return undefined;
  const attributes = readAttributes(rest.join('|'));
  return buildElement('ac:image', attributes, [
    isAddress
      ? buildElement('ri:url', { 'ri:value': source })
      : buildElement('ri:attachment', { 'ri:filename': source.replace(/^\^/, '') }),
  ]);
}

/** No file has a longer name, and no browser takes a longer address. */
const longestName = 2000;

const kept = new Set(['alt', 'height', 'title', 'width']);

function readAttributes(written: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const part of written.split(',')) {
    const [name = '', value = ''] = part.split('=', 2).map((each) => each.trim());
    if (kept.has(name) && value !== '') attributes[`ac:${name}`] = value.replaceAll('"', '');
  }
  return attributes;
}
