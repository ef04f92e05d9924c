import { missingTexts } from './text-loss.ts';

/**
 * Gives each text node of an ADF document that a reader of the Markdown does not see; see `missingText`.
 * Not asked for: attributes, such as a person's name or a macro's parameters.
 *
 * It shares no code with the converter.
 */
export function missingAdfText(document: unknown, markdown: string): string[] {
  return missingTexts(textNodes(document), markdown);
}

function* textNodes(document: unknown): Generator<string> {
  const stack: unknown[] = [document];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { text, content } = node as { readonly text?: unknown; readonly content?: unknown };
    if (typeof text === 'string') yield text;
    if (!Array.isArray(content)) continue;
    for (const child of content.toReversed()) stack.push(child);
  }
}
