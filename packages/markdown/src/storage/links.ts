import type { PhrasingContent } from 'mdast';

import { wrapPhrasing } from '../mdast/flow.ts';
import { isPhrasing, type Mixed, text } from '../mdast/nodes.ts';
import { attribute, childElements, findChild, isElement, textOf } from './element.ts';
import type { ElementHandler, StorageReader } from './reader.ts';
import type { PageReference, StorageReferences } from './references.ts';
import type { XmlElement, XmlNode } from './xml.ts';

/** Where a link leads, and what it says if nothing else does. */
export interface Target {
  /** Absent: there is nothing to lead to. */
  readonly url?: string;
  readonly fallback: string;
}

/** `ac:link`, with any resource and any body. */
export const convertConfluenceLink: ElementHandler = (element, reader) => {
  const target = linkTarget(element, reader.references);
  if (findChild(element, 'ri:shortcut') !== undefined) reader.lost('shortcut');
  if (target.url === undefined && findChild(element, 'adf:media')) reader.lost('media');
  const body = element.children.filter((child) => !isResource(child));
  return link(reader.inside({ inLink: true }).mixed(body), target, reader);
};

/** `<a>`: a link, a place to link to, or both. */
export const convertAnchorElement: ElementHandler = (element, reader) => {
  const name = attribute(element, 'id') ?? attribute(element, 'name');
  const href = attribute(element, 'href');
  const place: Mixed[] = name === undefined ? [] : [{ type: 'anchor', name }];
  if (href === undefined) return [...place, ...reader.mixed(element.children)];
  const children = reader.inside({ inLink: true }).mixed(element.children);
  const url = href.startsWith('#') ? fragmentUrl(href.slice(1)) : reader.references.url(href);
  const shown = isBareCard(element, href) && url.startsWith('ctx:') ? [] : children;
  return [...place, ...link(shown, { url, fallback: href }, reader)];
};

/** A card shows the present title of its target; what stands in the body is the address alone. */
function isBareCard(element: XmlElement, href: string): boolean {
  return element.attributes.has('data-card-appearance') && textOf(element.children).trim() === href;
}

/** A resource that stands where its value should, as in a macro's parameter. */
export const convertResource: ElementHandler = (element, reader) => {
  const target = resourceTarget(element, undefined, reader.references);
  return target === undefined ? [] : link([], target, reader);
};

/** `iframe`, `embed` and their like: the address of what they show. */
export const convertEmbed: ElementHandler = (element, reader) => {
  const children = reader.mixed(element.children);
  const source = attribute(element, 'src') ?? attribute(element, 'data');
  if (source === undefined) return children;
  reader.lost(element.name);
  return [
    ...link([], { url: reader.references.url(source), fallback: source }, reader),
    ...children,
  ];
};

/** Makes a link; inside another link only its text, because links do not nest. */
export function link(children: readonly Mixed[], target: Target, reader: StorageReader): Mixed[] {
  const isEmpty = !children.some(hasContent);
  const { url, fallback } = target;
  if (url === undefined || reader.inLink) return isEmpty ? [text(fallback)] : [...children];
  if (isEmpty) return [{ type: 'link', url, children: emptyText(target), data: { fallback } }];
  return wrapPhrasing(children, (inner) => [{ type: 'link', url, children: inner }]);
}

/** A late-bound link without text shows its target's present title; any other would be invisible. */
function emptyText({ url, fallback }: Target): PhrasingContent[] {
  return url?.startsWith('ctx:') ? [] : [text(fallback)];
}

function hasContent(node: Mixed): boolean {
  if (!isPhrasing(node)) return true;
  if (node.type === 'text') return node.value.trim() !== '';
  if (node.type === 'break' || node.type === 'anchor') return false;
  return 'children' in node && node.type !== 'link' ? node.children.some(hasContent) : true;
}

function linkTarget(element: XmlElement, references: StorageReferences): Target {
  const anchor = attribute(element, 'ac:anchor');
  for (const child of childElements(element)) {
    const target = resourceTarget(child, anchor, references);
    if (target !== undefined) return target;
  }
  if (anchor === undefined) return { fallback: '' };
  return { url: fragmentUrl(anchor), fallback: anchor };
}

function fragmentUrl(anchor: string): string {
  return `#${anchor.replaceAll(/\s/g, '%20')}`;
}

type TargetReader = (
  resource: XmlElement,
  anchor: string | undefined,
  references: StorageReferences,
) => Target;

function isResource(node: XmlNode): boolean {
  return isElement(node) && targetReaders.has(node.name);
}

function resourceTarget(
  resource: XmlElement,
  anchor: string | undefined,
  references: StorageReferences,
): Target | undefined {
  return targetReaders.get(resource.name)?.(resource, anchor, references);
}

const pageTarget: TargetReader = (resource, anchor, references) => {
  const title = attribute(resource, 'ri:content-title');
  const spaceKey = attribute(resource, 'ri:space-key');
  if (title === undefined) {
    if (spaceKey !== undefined) return spaceTarget(resource, anchor, references);
    return anchor === undefined ? { fallback: '' } : { url: fragmentUrl(anchor), fallback: anchor };
  }
  return { url: references.page(toPageReference(resource, title, anchor)), fallback: title };
};

export function toPageReference(
  resource: XmlElement,
  title: string,
  anchor: string | undefined,
): PageReference {
  const spaceKey = attribute(resource, 'ri:space-key');
  const postingDay = attribute(resource, 'ri:posting-day');
  return {
    title,
    kind: resource.name === 'ri:blog-post' ? 'blogpost' : 'page',
    ...(spaceKey !== undefined && { spaceKey }),
    ...(anchor !== undefined && { anchor }),
    ...(postingDay !== undefined && { postingDay }),
  };
}

const spaceTarget: TargetReader = (resource, _anchor, references) => {
  const key = attribute(resource, 'ri:space-key') ?? '';
  const url = references.space(key);
  return { fallback: key, ...(url !== undefined && { url }) };
};

const contentTarget: TargetReader = (resource, anchor, references) => {
  const id = attribute(resource, 'ri:content-id') ?? '';
  if (id === '') return { fallback: '' };
  const url = references.content({ id, ...(anchor !== undefined && { anchor }) });
  return { url, fallback: id };
};

const userTarget: TargetReader = (resource, _anchor, references) => {
  const accountId = attribute(resource, 'ri:account-id');
  const userKey = attribute(resource, 'ri:userkey');
  const userName = attribute(resource, 'ri:username');
  const displayName = attribute(resource, 'adf:text')?.replace(/^@/, '');
  const name = displayName ?? userName ?? accountId ?? userKey;
  // Confluence writes a person whose account is gone without any id.
  if (name === undefined) return { fallback: '@unknown' };
  const url = references.user({
    ...(accountId !== undefined && { accountId }),
    ...(userKey !== undefined && { userKey }),
    ...(userName !== undefined && { userName }),
    ...(displayName !== undefined && { displayName }),
  });
  return { url, fallback: `@${name}` };
};

/** The address of a file; also used by images. */
export const attachmentTarget: TargetReader = (resource, _anchor, references) => {
  const fileName = attribute(resource, 'ri:filename') ?? '';
  if (fileName === '') return { fallback: '' };
  const holder = findChild(resource, 'ri:page', 'ri:blog-post', 'ri:content-entity');
  const title = holder && attribute(holder, 'ri:content-title');
  const spaceKey = holder && attribute(holder, 'ri:space-key');
  const contentId = holder && attribute(holder, 'ri:content-id');
  const url = references.attachment({
    fileName,
    ...(title !== undefined && { page: { title, ...(spaceKey !== undefined && { spaceKey }) } }),
    ...(contentId !== undefined && { contentId }),
  });
  return { url, fallback: fileName };
};

/** The address of a file of the media service; also used by images. */
export const mediaTarget: TargetReader = (resource, _anchor, references) => {
  const fileId = attribute(resource, 'id');
  const collection = attribute(resource, 'collection');
  const fileName = attribute(resource, 'filename');
  const alt = attribute(resource, 'alt');
  const found =
    fileId === undefined
      ? undefined
      : references.media?.({
          fileId,
          ...(collection !== undefined && { collection }),
          ...(fileName !== undefined && { fileName }),
          ...(alt !== undefined && { alt }),
        });
  const url =
    found?.url ?? (fileName === undefined ? undefined : references.attachment({ fileName }));
  const name = alt ?? fileName ?? found?.fileName ?? fileId ?? 'file';
  return { fallback: name, ...(url !== undefined && { url }) };
};

/** The address of anything on the web; also used by images. */
export const urlTarget: TargetReader = (resource, _anchor, references) => {
  const value = attribute(resource, 'ri:value') ?? '';
  return value === '' ? { fallback: '' } : { url: references.url(value), fallback: value };
};

/** The site's administrator defines where shortcuts lead, and no API tells. */
const shortcutTarget: TargetReader = (resource) => {
  const parameter = attribute(resource, 'ri:parameter') ?? '';
  return { fallback: `${parameter}@${attribute(resource, 'ri:key') ?? ''}` };
};

const targetReaders: ReadonlyMap<string, TargetReader> = new Map([
  ['adf:media', mediaTarget],
  ['ri:attachment', attachmentTarget],
  ['ri:blog-post', pageTarget],
  ['ri:content-entity', contentTarget],
  ['ri:page', pageTarget],
  ['ri:shortcut', shortcutTarget],
  ['ri:space', spaceTarget],
  ['ri:url', urlTarget],
  ['ri:user', userTarget],
]);
