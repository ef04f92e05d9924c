import { decodeHTML, decodeHTMLStrict } from 'entities';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * Gives each text of a Confluence storage body that a reader of the Markdown does not see, as it was
 * written. Compared are letters, marks, digits, punctuation and symbols, in canonical form; every text
 * must have a place of its own. Not asked for: parameters of macros, ids and states of tasks, scripts,
 * text that CSS hides, and the second copy of content that Confluence keeps for older readers.
 *
 * It reads both sides by itself and shares no code with the converter.
 */
export function missingText(storage: string, markdown: string): string[] {
  return missingTexts(sourceTexts(storage), markdown);
}

/** The same for texts of any source, in the order of the source. */
export function missingTexts(texts: Iterable<string>, markdown: string): string[] {
  let remaining = essence(visibleText(markdown));
  const unmatched: { text: string; wanted: string }[] = [];
  const taken: [number, number][] = [];
  let position = 0;
  for (const text of texts) {
    const wanted = essence(text);
    if (wanted === '') continue;
    const found = remaining.indexOf(wanted, position);
    if (found === -1) unmatched.push({ text: text.trim(), wanted });
    else {
      position = found + wanted.length;
      taken.push([found, position]);
    }
  }
  if (unmatched.length === 0) return [];
  remaining = without(remaining, taken);
  // What stands in another order is looked for in what is left, the longest first.
  return unmatched
    .toSorted((a, b) => b.wanted.length - a.wanted.length)
    .filter(({ wanted }) => {
      const found = remaining.indexOf(wanted);
      if (found !== -1) remaining = without(remaining, [[found, found + wanted.length]]);
      return found === -1;
    })
    .map(({ text }) => text);
}

/** One character at a time, because the order of marks must not depend on where a text ends. */
function essence(text: string): string {
  return text
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S}]/gu, '')
    .replaceAll(/\P{ASCII}/gu, (character) => character.normalize('NFD'));
}

/** Cuts ranges out and leaves a mark that no text can match across. */
function without(text: string, ranges: readonly (readonly [number, number])[]): string {
  let end = 0;
  const parts: string[] = [];
  for (const [from, to] of ranges) {
    parts.push(text.slice(end, from));
    end = to;
  }
  return [...parts, text.slice(end)].join('\n');
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[(?<cdata>[\s\S]*?)(?:\]\]>|$)|<\?[\s\S]*?\?>|<!doctype[^>]*>|<(?<close>\/?)(?<name>[\p{L}_][\p{L}\p{M}\p{N}_.:-]*)(?<rest>(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>|(?<text>[^<]+|<)/giu;

const notShown =
  /^(?:ac:(?:default-)?parameter|ac:task-(?:id|uuid|status)|ac:adf-(?:attribute|fallback)|fab:.*|script|style)$/;
const hidden = /style\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;

function* sourceTexts(storage: string): Generator<string> {
  const open: { name: string; shown: boolean }[] = [];
  for (const { groups = {} } of storage.matchAll(token)) {
    const { cdata, close, name, rest = '', text } = groups;
    const shown = open.at(-1)?.shown ?? true;
    if (shown && cdata !== undefined) yield cdata;
    if (shown && text !== undefined) yield decodeHTMLStrict(text);
    if (name === undefined) continue;
    const lower = name.toLowerCase();
    if (close === '/') {
      const index = open.findLastIndex((element) => element.name === lower);
      if (index !== -1) open.length = index;
    } else if (!rest.endsWith('/')) {
      open.push({ name: lower, shown: shown && !notShown.test(lower) && !hidden.test(rest) });
    }
  }
}

interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly alt?: string | null | undefined;
  readonly children?: readonly MarkdownNode[];
}

/** What a reader of CommonMark with GFM sees: text, code, and the text inside HTML. */
function visibleText(markdown: string): string {
  const tree: MarkdownNode = fromMarkdown(markdown, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const seen: string[] = [];
  const stack: MarkdownNode[] = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const value = node.value ?? node.alt ?? '';
    seen.push(node.type === 'html' ? decodeHTML(value.replaceAll(/<[^<>]*>/g, '')) : value);
    for (const child of node.children?.toReversed() ?? []) stack.push(child);
  }
  return seen.join('');
}
