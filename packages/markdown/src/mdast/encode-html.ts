const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '[': '&#91;',
  ']': '&#93;',
  '`': '&#96;',
  '\\': '&#92;',
  '\n': '&#10;',
};

/**
 * Encodes text for an HTML block inside Markdown. Brackets, backticks and backslashes are encoded as
 * well, so that whoever looks for Markdown links sees none that is not one, and line feeds, because a
 * blank line would end the block.
 */
export function encodeHtml(text: string): string {
  return text.replaceAll(/[&<>"[\]`\\\n]/g, (character) => references[character] ?? character);
}
