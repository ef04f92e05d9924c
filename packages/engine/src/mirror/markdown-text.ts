import { findLinks } from './markdown-links.ts';

/** Writes a text so that Markdown shows it as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[\\`*_[\]<>~|#!]/g, '\\$&')
      .replace(/&(?=#?\w+;)/g, '\\&')
      // GFM turns bare addresses into links.
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/\b(www)\./gi, '$1\\.')
      .replace(/(?<=[\w.+-])@(?=\w)/g, '\\@')
      .replace(/^([-+]|\d+[.)])(?=\s|$)/, (marker) => `${marker.slice(0, -1)}\\${marker.slice(-1)}`)
  );
}

/** Writes a text inside an HTML element, free of anything Markdown would read. */
export function escapeHtml(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[&<>"'[\]`\\*_]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const maxSummary = 160;

/** Past this many characters a page has no introduction worth showing. */
const maxIntroduction = 4000;

/** Of a longer line the first sentence is looked for in its beginning. */
const maxLine = 1600;

/** Stands on both sides of a destination whose text is bound late. The gate lets no text hold it. */
const mark = '\u0001';

/**
 * The first sentence of a Markdown text as plain text, at most 160 characters; '' if there is none. A
 * link without text is left open, for {@link fillSentence} to say what its target is called today.
 */
export function firstSentence(markdown: string): string {
  const plain = firstTextLine(markdown);
  if (plain === undefined) return '';
  const sentence = /^.{20,}?[.!?。！？](?=\s|$)/u.exec(plain)?.[0] ?? plain;
  return sentence.includes(mark) ? sentence : cutSentence(sentence);
}

/** The sentence with the texts of the links that were left open, given by their destinations. */
export function fillSentence(sentence: string, textOf: (destination: string) => string): string {
  if (!sentence.includes(mark)) return sentence;
  const parts = sentence.split(mark).map((part, index) => (index % 2 === 0 ? part : textOf(part)));
  return cutSentence(parts.join('').replace(/\s+/g, ' ').trim());
}

/** An SQL condition: a sentence in `column` has a link that was left open. */
export function isSentenceOpen(column: string): string {
  return `instr(${column}, char(${mark.charCodeAt(0)})) > 0`;
}

function cutSentence(sentence: string): string {
  if (sentence.length <= maxSummary) return sentence;
  const cut = sentence.slice(0, maxSummary - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxSummary / 2)).trimEnd()}…`;
}

const textless =
  /^(?:#|\||<(?!https?:)|>|\[?!\[|\[\]\(ctx:(?:include|children|labelled)\/[^)\s]*\)$|[-*_]{3,}$|$)/;

function firstTextLine(markdown: string): string | undefined {
  let from = 0;
  while (from < Math.min(markdown.length, maxIntroduction)) {
    const end = markdown.indexOf('\n', from);
    const line = markdown.slice(from, end === -1 ? markdown.length : end).trim();
    from = end === -1 ? markdown.length : end + 1;
    if (/^(?:```|~~~)/.test(line)) return undefined;
    if (textless.test(line)) continue;
    const text = line.replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/, '');
    const plain = plainText(beginning(text));
    if (/[\p{L}\p{N}]/u.test(plain)) return plain;
  }
  return undefined;
}

/** The beginning of a long line, without the part of a link that the cut went through. */
function beginning(line: string): string {
  if (line.length <= maxLine) return line;
  return line.slice(0, maxLine).replace(/!?\[[^[\]]*\]\([^()\s]*$/, '');
}

function plainText(line: string): string {
  if (!/[\\*_`~<[]/.test(line)) return line;
  let text = '';
  let at = 0;
  for (const { form, start, end, empty, destination } of findLinks(line)) {
    if (!empty) continue;
    text += withoutMarkup(line.slice(at, start));
    if (form !== 'image') text += mark + destination + mark;
    at = end;
  }
  return (text + withoutMarkup(line.slice(at))).replace(/\s+/g, ' ').trim();
}

function withoutMarkup(text: string): string {
  return text
    .replace(/!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:\/\/[^\s<>]*)>/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/\\([!-/:-@[-`{-~])|\*\*|__|~~|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '$1');
}
