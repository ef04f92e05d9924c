import { escapeXml } from './body-links.ts';

const element = 'ac:inline-comment-marker';

/** The start tag that a body holds for an inline comment. */
export function markerOf(ref: string): string {
  return `<${element} ac:ref="${ref}">`;
}

/** Puts a marker round the first place where a body shows this text. */
export function markText(body: string, selection: string, ref: string): string {
  const text = escapeXml(selection);
  const at = body.indexOf(text);
  if (at === -1) throw new Error(`The page does not show this text in one piece: ${selection}`);
  const before = body.slice(0, at);
  return `${before}${markerOf(ref)}${text}</${element}>${body.slice(at + text.length)}`;
}
