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

/** The first sentence of a Markdown text as plain text, at most 160 characters; '' if there is none. */
export function firstSentence(markdown: string): string {
  const plain = firstTextLine(markdown);
  if (plain === undefined) return '';
  const sentence = /^.{20,}?[.!?。！？](?=\s|$)/u.exec(plain)?.[0] ?? plain;
  if (sentence.length <= maxSummary) return sentence;
  const cut = sentence.slice(0, maxSummary - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxSummary / 2)).trimEnd()}…`;
}

function firstTextLine(markdown: string): string | undefined {
  let from = 0;
  // Past this many characters a page has no introduction worth showing.
  while (from < Math.min(markdown.length, 4000)) {
    const end = markdown.indexOf('\n', from);
    const line = markdown.slice(from, end === -1 ? markdown.length : end).trim();
    from = end === -1 ? markdown.length : end + 1;
    if (/^(?:```|~~~)/.test(line)) return undefined;
    if (/^(?:#|\||<|>|!\[|\[\]\(|[-*_]{3,}$|$)/.test(line)) continue;
    const text = line.replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/, '');
    const plain = plainText(text.slice(0, 2 * maxSummary));
    if (/[\p{L}\p{N}]/u.test(plain)) return plain;
  }
  return undefined;
}

function plainText(line: string): string {
  if (!/[\\*_`~<[]/.test(line)) return line;
  return line
    .replace(/!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\*\*|__|~~|`/g, '')
    .replace(/(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
