import type { XmlElement } from '../storage/xml.ts';
import { element, leaf, type Lowering, nest } from './lowered.ts';
import { type Attributes, textOfAttribute } from './node.ts';

/** An image. In a group files are shown as cards, so there it is a link to the file. */
export const lowerMedia: Lowering = ({ attrs }, parent) => {
  if (parent?.type === 'mediaGroup') return leaf(element('p', {}, [file(attrs)]));
  return leaf(image(attrs, parent && widthOf(parent.attrs)));
};

/** Without a type it is a share of the column: https://unpkg.com/@atlaskit/adf-schema/dist/json-schema/v1/ */
function widthOf({ width, widthType }: Attributes): string | undefined {
  const written = textOfAttribute(width);
  return written === undefined || widthType === 'pixel' ? written : `${written}%`;
}

/** A file within a line: only what says that it is an image is shown as one. */
export const lowerInlineMedia: Lowering = ({ attrs }) =>
  leaf(attrs['type'] === 'image' ? image(attrs, textOfAttribute(attrs['width'])) : file(attrs));

/** The words below an image, in italics, as those of `ac:image`. */
export const lowerCaption: Lowering = ({ content }) => {
  const words = element('em');
  return { nodes: [element('br'), words], holes: [{ into: words, content, levels: 1 }] };
};

/** What `width` of the frame says is the size that somebody chose; that of the media is the file's own. */
function image(attrs: Attributes, width: string | undefined): XmlElement {
  return element('ac:image', { 'ac:alt': textOfAttribute(attrs['alt']), 'ac:width': width }, [
    resource(attrs),
  ]);
}

function file(attrs: Attributes): XmlElement {
  return element('ac:link', {}, [resource(attrs)]);
}

/** What is not on the web has an id that only the site's list of attachments explains. */
function resource(attrs: Attributes): XmlElement {
  const url = textOfAttribute(attrs['url']);
  if (url !== undefined) return element('ri:url', { 'ri:value': url });
  return element('adf:media', {
    id: textOfAttribute(attrs['id']),
    collection: textOfAttribute(attrs['collection']),
    filename: textOfAttribute(attrs['__fileName']),
    alt: textOfAttribute(attrs['alt']),
  });
}

/** Images stand in a paragraph of their own. */
export const lowerMediaSingle: Lowering = ({ content }) => nest(content, element('p'));
