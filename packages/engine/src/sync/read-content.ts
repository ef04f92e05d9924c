import type { Bytes, CallContext, FailureEvent, SourceDocument } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import type { Blob } from '../state/blobs.ts';
import type { IncomingDocument } from '../state/stored-header.ts';
import { contentFailure, withContent } from './incoming-document.ts';
import type { SourceSession } from './source-session.ts';

/** A document with what it says and, of a downloaded attachment, what it holds; or why not. */
export type ReadContent =
  | { readonly type: 'upsert'; readonly document: IncomingDocument }
  | (FailedContent & { readonly id: string });

/** A document that could not be read. */
export interface FailedContent extends FailureEvent {
  /** An attachment of which only the bytes are missing: its page lists it all the same. */
  readonly listed?: IncomingDocument;
}

/**
 * Reads the content of a document, and downloads what an attachment holds.
 *
 * @throws what ends the scope, see `contentFailure`, and what the disk says
 */
export async function readContent(
  source: SourceSession,
  document: IncomingDocument,
  given: SourceDocument['content'],
  call: CallContext,
): Promise<ReadContent> {
  let content;
  try {
    content = typeof given === 'function' ? await given(call) : given;
  } catch (error) {
    return toFailure(source, document.id, error);
  }
  const read = withContent(document, content);
  if (document.placement !== 'attachment' || content.bytes === undefined)
    return { type: 'upsert', document: read };
  const received = await download(source, document, content.bytes, call);
  if ('failure' in received) {
    const failure = toFailure(source, document.id, toDownloadError(received));
    return { ...failure, listed: document };
  }
  return { type: 'upsert', document: { ...read, blob: received.blob } };
}

function download(
  source: SourceSession,
  { id, revision }: IncomingDocument,
  bytes: Bytes,
  call: CallContext,
): Promise<{ readonly blob: Blob } | { readonly failure: unknown }> {
  const { session, mirror } = source;
  if (!session.dryRun) return mirror.incoming.receive(bytes, call);
  const known = session.database.get<Pick<Blob, 'hash' | 'size'>>(
    `SELECT b.hash, b.size FROM items i JOIN blobs b ON b.item = i.id
     WHERE i.source = ? AND i.doc_id = ? AND i.revision = ?`,
    source.source,
    id,
    revision,
  );
  const planned = { hash: `planned ${revision}`, size: bytes.size ?? 0 };
  return Promise.resolve({ blob: { ...(known ?? planned), staged: 'planned' } });
}

/** The attachment itself was listed: that its bytes are not there does not mean that it is gone. */
function toDownloadError({ failure }: { readonly failure: unknown }): unknown {
  if (!ConnectorError.is(failure) || failure.code !== 'not_found') return failure;
  const { message, hint, status } = failure;
  return new ConnectorError('permanent', message, {
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  });
}

function toFailure(
  { signal }: SourceSession,
  id: string,
  error: unknown,
): FailureEvent & { readonly id: string } {
  const failure = signal.aborted ? undefined : contentFailure(id, error);
  if (failure === undefined) throw error;
  return { ...failure, id };
}
