import { isRecord, toArray } from './node.ts';

/** What stands in a document, and whether it was one. */
export interface AdfDocument {
  readonly content: readonly unknown[];
  readonly isDocument: boolean;
}

/**
 * Finds the content of whatever an API gave as a document: the document, its JSON as a text, a list of
 * nodes, or one node. Another text is a paragraph for each of its lines.
 */
export function readDocument(value: unknown): AdfDocument {
  if (typeof value !== 'string') return readValue(value);
  const parsed = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
  return parsed === undefined
    ? { content: paragraphs(value), isDocument: false }
    : readValue(parsed);
}

function readValue(value: unknown): AdfDocument {
  if (value === undefined || value === null) return { content: [], isDocument: true };
  if (Array.isArray(value)) return { content: value, isDocument: false };
  if (!isRecord(value)) return { content: paragraphs(wordsOf(value)), isDocument: false };
  if (value['type'] === 'doc') return { content: toArray(value['content']), isDocument: true };
  return { content: [value], isDocument: false };
}

function paragraphs(text: string): unknown[] {
  return text
    .split('\n')
    .map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
