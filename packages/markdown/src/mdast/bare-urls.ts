import type { PhrasingContent } from 'mdast';

import { text } from './nodes.ts';

/** What can be written between `<` and `>` and read back as it is. */
const bareUrl = /\b(?:https?:\/\/|www\.)[\w~!#$%&'()*+,./:;=?@{}-]+/gi;
const mayHoldUrl = /:\/\/|www\./i;
const trailing = new Set("!'),*.:;?_~");
const reference = /&#?\w+;/;

/**
 * Makes links of the URLs that stand in the text. GFM does the same when it reads them, but takes the
 * backslash in front of an escaped character, and all that follows, into the URL.
 */
export function linkBareUrls(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return mayHoldUrl.test(node.value) ? split(node.value) : [node];
    if (node.type === 'link' || !('children' in node)) return [node];
    return [{ ...node, children: linkBareUrls(node.children) } as PhrasingContent];
  });
}

function split(value: string): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let end = 0;
  for (const match of value.matchAll(bareUrl)) {
    const url = withoutTrailing(match[0]);
    if (/^(?:https?:\/*|www)$/i.test(url) || reference.test(url)) continue;
    if (match.index > end) parts.push(text(value.slice(end, match.index)));
    const href = /^www/i.test(url) ? `http://${url}` : url;
    parts.push({ type: 'link', url: href, children: [text(url)] });
    end = match.index + url.length;
  }
  if (end < value.length) parts.push(text(value.slice(end)));
  return parts;
}

/** Punctuation at the end belongs to the sentence, and so does a `)` that the URL did not open. */
function withoutTrailing(url: string): string {
  let end = url.length;
  while (trailing.has(url.charAt(end - 1))) end -= 1;
  const bare = url.slice(0, end);
  const isOpen = bare.includes('(') && !bare.includes(')') && url.charAt(end) === ')';
  return isOpen ? `${bare})` : bare;
}
