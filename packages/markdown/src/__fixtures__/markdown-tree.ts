import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * What a reader of CommonMark with GFM makes of a Markdown, without the places in the file and without
 * `spread`: whether a list counts as loose depends on blank lines behind it, and changes no text.
 */
export function readMarkdown(markdown: string): Root {
  const root = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return JSON.parse(
    JSON.stringify(root, (key, value: unknown) => (key === 'position' || key === 'spread' ? undefined : value)),
  ) as Root;
}
