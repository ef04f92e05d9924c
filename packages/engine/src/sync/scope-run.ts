import type { CallContext, ErrorShape, SyncEvent, SyncRequest } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { countDocuments } from '../state/members.ts';
import { throwIfFatal } from '../state/open-database.ts';
import type { ScopeRow } from '../state/sources.ts';
import { type Applied, EventApplier, type ReadyEvent } from './apply-events.ts';
import { ContentReader } from './content-reader.ts';
import { toErrorShape } from './error-shape.ts';
import { clearFailures, dueFailures } from './failures.ts';
import { fetchDocuments } from './fetch-documents.ts';
import { ListingBook } from './listing-book.ts';
import { waitBeforeRestart } from './restart-delay.ts';
import { storeCursor, toRequest } from './scope-request.ts';
import type { SourceSession } from './source-session.ts';

/** Events stored in one transaction. */
const eventsPerBatch = 100;
/** Times a scope is started again from its last checkpoint after a passing fault. */
const restarts = 2;
/** More failed documents than both of these end a scope: something is wrong with all of it. */
const failureCeiling = { count: 20, share: 0.5 };

/** How the reading of one scope ended. Pruning comes later, see `prune.ts`. */
export interface ScopeResult {
  readonly scope: ScopeRow;
  readonly outcome: 'complete' | 'failed' | 'cancelled';
  readonly error?: ErrorShape;
  readonly failures: ReadonlyMap<string, ErrorShape>;
  readonly removed: Applied['removed'];
  /** A failure without id, or a listing that broke off: missing documents prove nothing. */
  readonly tainted: boolean;
  readonly warnings: readonly { code: string; message: string }[];
  readonly generation: number;
  readonly reconciled: boolean;
  /** Documents that were asked for one by one and found; absent: all of the scope were read. */
  readonly found?: number;
}

/** Reads one scope into the database, from its last checkpoint to its end. */
export async function runScope(source: SourceSession, scope: ScopeRow): Promise<ScopeResult> {
  const run = new ScopeRun(source, scope);
  try {
    await run.toTheEnd();
    return run.result('complete');
  } catch (error) {
    throwIfFatal(error, source.session.root);
    if (source.signal.aborted) return run.result('cancelled');
    return run.result('failed', toErrorShape(error));
  }
}

class ScopeRun {
  readonly #source: SourceSession;
  readonly #scope: ScopeRow;
  readonly #call: CallContext;
  readonly #generation: number;
  readonly #applier: EventApplier;
  readonly #listings: ListingBook;
  readonly #contents: ContentReader;
  readonly #removed: Applied['removed'][number][] = [];
  readonly #warnings: { code: string; message: string }[] = [];
  readonly #reconcile: boolean;
  #done = 0;
  #total: number | undefined;

  constructor(source: SourceSession, scope: ScopeRow) {
    this.#source = source;
    this.#scope = scope;
    this.#call = source.call(scope.slug);
    this.#generation = scope.generation + 1;
    this.#contents = new ContentReader(source, this.#call);
    this.#applier = new EventApplier(source, scope, this.#generation);
    this.#listings = new ListingBook(source.session.database, scope.id, this.#generation);
    const due = source.session.now() - (scope.last_reconcile ?? 0) >= source.reconcileEveryMs;
    this.#reconcile = source.reconcile || source.full || due;
    // Few services tell how much there is; the last run is a fair guess.
    const last = scope.last_sync === null ? 0 : countDocuments(source.session.database, scope.id);
    this.#total = last === 0 ? undefined : last;
  }

  result(outcome: ScopeResult['outcome'], error?: ErrorShape): ScopeResult {
    return {
      scope: this.#scope,
      outcome,
      ...(error === undefined ? {} : { error }),
      failures: this.#contents.failures,
      removed: this.#removed,
      tainted: this.#contents.isTainted,
      warnings: this.#warnings,
      generation: this.#generation,
      reconciled: this.#reconcile && outcome === 'complete',
    };
  }

  async toTheEnd(): Promise<void> {
    const { session } = this.#source;
    session.lock.transaction(() => {
      session.database.run(
        'UPDATE scopes SET generation = ? WHERE id = ?',
        this.#generation,
        this.#scope.id,
      );
      this.#listings.forget();
    });
    await this.#untilDone();
    await this.#retryFailures();
    session.lock.transaction(() =>
      session.database.run('UPDATE scopes SET resuming = 0 WHERE id = ?', this.#scope.id),
    );
  }

  /** Runs the iterator, again from the last checkpoint after a passing fault. */
  async #untilDone(): Promise<void> {
    let left = restarts;
    let mayReset = true;
    for (;;) {
      try {
        await this.#iterate(toRequest(this.#source, this.#scope, this.#reconcile));
        return;
      } catch (error) {
        if (this.#source.signal.aborted) throw error;
        if (mayReset && ConnectorError.is(error) && error.code === 'cursor_invalid') {
          mayReset = false;
          storeCursor(this.#source, this.#scope.id, null);
          continue;
        }
        const wait = waitBeforeRestart(error, restarts - left);
        if (left === 0 || wait === undefined) throw error;
        left -= 1;
        this.#source.logger.warn('The scope failed and is started again', {
          scope: this.#scope.slug,
          waitMs: wait,
          error: toErrorShape(error).message,
        });
        await this.#source.sleep(wait);
      }
    }
  }

  async #iterate(request: SyncRequest): Promise<void> {
    const batch: SyncEvent[] = [];
    for await (const event of this.#source.connector.sync(request, this.#call)) {
      this.#source.signal.throwIfAborted();
      batch.push(event);
      if (batch.length < eventsPerBatch && event.type !== 'checkpoint') continue;
      await this.#store(batch.splice(0));
    }
    this.#source.signal.throwIfAborted();
    await this.#store(batch);
  }

  /** Reads the contents that are new, then stores the batch with its cursor in one transaction. */
  async #store(batch: readonly SyncEvent[]): Promise<void> {
    const ready = await this.#contents.read(batch);
    const { session } = this.#source;
    session.lock.transaction(() => {
      const applied = this.#applier.apply(ready);
      this.#done += applied.seen;
      this.#removed.push(...applied.removed);
      for (const event of batch) this.#note(event);
    });
    this.#checkFailures();
    this.#report(ready);
    const contents = ready.filter(
      (event) => event.type === 'upsert' && event.document.content !== undefined,
    ).length;
    await this.#source.mirror.noteChanges(contents, batch.at(-1)?.type === 'checkpoint');
  }

  /** Keeps the books that are not about single documents. Runs inside the batch's transaction. */
  #note(event: SyncEvent): void {
    switch (event.type) {
      case 'checkpoint':
        storeCursor(this.#source, this.#scope.id, event.cursor);
        break;
      case 'listing':
        this.#listings.note(event);
        break;
      case 'progress':
        this.#total = event.total ?? this.#total;
        break;
      case 'warning':
        this.#warnings.push({ code: event.code, message: event.message });
        break;
      default:
        break;
    }
  }

  #checkFailures(): void {
    const { failures, failedTexts: failed } = this.#contents;
    if (failed <= failureCeiling.count || failed <= this.#done * failureCeiling.share) return;
    const [first] = failures.values();
    throw new ConnectorError(
      first?.code ?? 'permanent',
      `${failed} of the first ${this.#done + failed} documents could not be read, so the rest was not tried. The first said: ${first?.message ?? ''}`,
    );
  }

  #report(ready: readonly ReadyEvent[]): void {
    const last = ready.findLast((event) => event.type === 'upsert');
    const current = last?.type === 'upsert' ? last.document.title : undefined;
    this.#source.session.observe({
      type: 'progress',
      source: this.#source.name,
      scope: this.#scope.slug,
      done: this.#done,
      ...(this.#total === undefined ? {} : { total: this.#total }),
      ...(current === undefined ? {} : { current }),
    });
  }

  /** Reads again what failed in earlier runs and was not part of this one. */
  async #retryFailures(): Promise<void> {
    const { session, source, connector } = this.#source;
    if (connector.fetch === undefined) return;
    const due = dueFailures(session.database, source, this.#scope.id, session.now()).filter(
      (id) => !this.#contents.failures.has(id),
    );
    if (due.length === 0) return;
    const place = { scope: this.#scope, generation: this.#generation };
    const { failures, removed, unanswered } = await fetchDocuments(this.#source, place, due);
    for (const [id, error] of failures) this.#contents.failures.set(id, error);
    this.#removed.push(...removed);
    session.lock.transaction(() => clearFailures(session.database, source, [...unanswered]));
  }
}
