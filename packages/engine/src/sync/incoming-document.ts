import type {
  Content,
  DocumentHeader,
  FailureEvent,
  Permissions,
  SourceDocument,
} from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import type { IncomingDocument } from '../state/stored-header.ts';
import {
  assertDocument,
  clean,
  cleanContent,
  cleanLine,
  cleanObject,
  cleanTime,
} from './document-text.ts';

/**
 * Checks and cleans a document; its content is read and added later.
 *
 * @throws ConnectorError `bug` when it breaks the contract
 */
export function toIncoming(document: SourceDocument): IncomingDocument {
  assertDocument(document);
  const { content: _, ...header } = document;
  return {
    ...header,
    placement: document.placement ?? 'file',
    kind: clean(document.kind),
    title: cleanLine(document.title),
    ...(typeof document.slug === 'string' ? { slug: cleanLine(document.slug) } : {}),
    ...cleanHeader(document),
  };
}

/** The header fields that are there, cleaned. */
export function cleanHeader(given: DocumentHeader): DocumentHeader {
  return {
    ...(given.createdAt === undefined ? {} : { createdAt: cleanTime(given.createdAt) }),
    ...(given.updatedAt === undefined ? {} : { updatedAt: cleanTime(given.updatedAt) }),
    ...(given.labels === undefined ? {} : { labels: given.labels.map(cleanLine) }),
    ...(given.aliases === undefined ? {} : { aliases: given.aliases.map(clean) }),
    ...(given.metadata === undefined ? {} : { metadata: cleanObject(given.metadata) }),
    ...(given.author === undefined || given.author === null
      ? {}
      : { author: { ...given.author, name: cleanLine(given.author.name) } }),
    ...(given.permissions === undefined || given.permissions === null
      ? {}
      : { permissions: cleanPermissions(given.permissions) }),
    ...(typeof given.url === 'string' ? { url: cleanLine(given.url) } : {}),
  };
}

function cleanPermissions({ readers, ...rest }: Permissions): Permissions {
  return { ...rest, ...(readers === undefined ? {} : { readers: readers.map(cleanLine) }) };
}

export function withContent(document: IncomingDocument, content: Content): IncomingDocument {
  return { ...document, content: cleanContent(content) };
}

/** What a thunk that threw means for its document; others end the scope. */
export function contentFailure(id: string, error: unknown): FailureEvent | undefined {
  if (!ConnectorError.is(error))
    return {
      type: 'failure',
      id,
      error: { code: 'bug', message: error instanceof Error ? error.message : String(error) },
    };
  if (error.code === 'auth' || error.code === 'cancelled' || error.code === 'rate_limited')
    return undefined;
  const { code, message, hint, status } = error;
  return {
    type: 'failure',
    id,
    error: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(status === undefined ? {} : { status }),
    },
  };
}
