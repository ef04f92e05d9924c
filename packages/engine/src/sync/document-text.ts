import type { Content, Json, JsonObject, Lossy, SourceDocument } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';
import { cleanText } from '@context-sync/markdown';

const maxIdBytes = 512;

/** Neither empty nor with control characters or halves of characters, which no database keeps. */
function isPlain(id: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return id !== '' && !/[\x00-\x1F\x7F\p{Surrogate}]/u.test(id);
}

/** Removes what must never reach a file: control characters, hidden text; see `cleanText`. */
export function clean(text: string): string {
  return cleanText(text).text;
}

/** One line of clean text, for titles and names. */
export function cleanLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** A JSON value with every string and key cleaned. */
function cleanJson(value: Json): Json {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value === 'object' && value !== null) return cleanObject(value as JsonObject);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

export function cleanObject(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [clean(key), cleanJson(entry)]),
  );
}

/** A moment in UTC as RFC 3339 without needless zeros, or `null` when it is none. */
export function cleanTime(text: string | null): string | null {
  if (text === null) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

export function cleanContent(content: Content): Content {
  const { markdown, fragments, metadata, lossy } = content;
  return {
    ...content,
    markdown: clean(markdown),
    ...(metadata === undefined ? {} : { metadata: cleanObject(metadata) }),
    ...(fragments === undefined ? {} : { fragments: cleanFragments(fragments) }),
    ...(lossy === undefined ? {} : { lossy: lossy.map(cleanLossy) }),
  };
}

function cleanFragments(fragments: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fragments).map(([name, text]) => [name, clean(text)]));
}

function cleanLossy({ construct, count }: Lossy): Lossy {
  return { construct: cleanLine(construct), count };
}

/** @throws ConnectorError `bug` when the id breaks the contract */
export function assertDocumentId(id: unknown): asserts id is string {
  if (typeof id === 'string' && isPlain(id) && Buffer.byteLength(id) <= maxIdBytes) return;
  throw new ConnectorError(
    'bug',
    `The connector gave a document id that breaks the contract: ${JSON.stringify(id)?.slice(0, 80)}.`,
    {
      hint: 'Report this to the author of the connector.',
    },
  );
}

/** @throws ConnectorError `bug` when a document breaks the contract */
export function assertDocument(document: SourceDocument): void {
  assertDocumentId(document.id);
  if (typeof document.parent === 'string') assertDocumentId(document.parent);
  const texts = [document.kind, document.title, document.revision];
  if (texts.every((text) => typeof text === 'string') && document.kind !== '') return;
  throw new ConnectorError(
    'bug',
    `The connector gave document ${document.id} without kind, title or revision.`,
    {
      hint: 'Report this to the author of the connector.',
    },
  );
}
