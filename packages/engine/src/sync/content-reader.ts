import type { CallContext, ErrorShape, SyncEvent } from '@context-sync/core';

import type { ReadyEvent } from './apply-events.ts';
import { toIncoming } from './incoming-document.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { readContent } from './read-content.ts';
import { knownRevisions, type Revisions } from './scope-request.ts';
import type { SourceSession } from './source-session.ts';

/** Thunks run at once for one scope. */
const readsAtOnce = 6;

/** Reads the contents of a scope's documents that are new, and remembers what could not be read. */
export class ContentReader {
  readonly #source: SourceSession;
  readonly #call: CallContext;
  /** Documents that could not be read so far, by id. */
  readonly failures = new Map<string, ErrorShape>();
  readonly #attachments = new Set<string>();
  /** Something failed of which is not known what it is: missing documents prove nothing. */
  isTainted = false;

  constructor(source: SourceSession, call: CallContext) {
    this.#source = source;
    this.#call = call;
  }

  /** How many texts could not be read. Downloads may all be refused while texts are read well. */
  get failedTexts(): number {
    return [...this.failures.keys()].filter((id) => !this.#attachments.has(id)).length;
  }

  /** The events of a batch, checked and with their contents; a document that is gone is left out. */
  async read(batch: readonly SyncEvent[]): Promise<ReadyEvent[]> {
    const known = knownRevisions(this.#source, batch);
    const ready = await mapConcurrently(batch, readsAtOnce, (event) => this.#prepare(event, known));
    return ready.filter((event) => event !== undefined);
  }

  async #prepare(event: SyncEvent, known: Revisions): Promise<ReadyEvent | undefined> {
    if (event.type === 'failure') {
      if (event.id === undefined) this.isTainted = true;
      else this.failures.set(event.id, event.error);
      return event;
    }
    if (event.type !== 'upsert') return event;
    const document = toIncoming(event.document);
    if (known.get(document.id) === document.revision) return { type: 'upsert', document };
    const read = await readContent(this.#source, document, event.document.content, this.#call);
    if (read.type === 'upsert') this.failures.delete(read.document.id);
    // It was listed and is not there: left out, so that pruning looks into it.
    else if (read.error.code === 'not_found') return undefined;
    else {
      this.failures.set(read.id, read.error);
      if (document.placement === 'attachment') this.#attachments.add(read.id);
    }
    return read;
  }
}
