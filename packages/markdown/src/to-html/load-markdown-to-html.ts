/**
 * Gives what turns Markdown into the inside of an HTML page, see `markdown-to-html.ts`: equal texts give
 * equal HTML, nothing in it runs or loads what lies elsewhere, and it never throws. Its libraries are
 * loaded by the first call.
 */
export async function loadMarkdownToHtml(): Promise<(markdown: string) => string> {
  return (await import('./markdown-to-html.ts')).markdownToHtml;
}
