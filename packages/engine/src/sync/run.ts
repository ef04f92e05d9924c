import type { SyncOptions, SyncSummary } from '../api.ts';
import { isDatabaseLost } from '../mirror/rebuild.ts';
import { recoverTree } from '../mirror/recover-tree.ts';
import { renderAnew } from '../mirror/rendering.ts';
import { Mirror } from '../mirror/settle.ts';
import { TreeFiles } from '../mirror/tree-files.ts';
import { statusIn } from '../state/database-status.ts';
import { takeLock } from '../state/lock.ts';
import { toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import { dropSnapshot, writeSnapshot } from '../state/status-snapshot.ts';
import { type ActiveSource, activateSources, closeSource, isSelected } from './active-source.ts';
import { assignOnly } from './assign-only.ts';
import { openForRun } from './dry-run.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { pruneOrphans } from './prune-orphans.ts';
import { Redaction } from './redaction.ts';
import { expireTraces } from './retention.ts';
import { newRunId } from './run-id.ts';
import {
  type BrokenSource,
  defaultDeleteLimit,
  type EngineClock,
  type NetworkOptions,
  type RunnableSource,
} from './runnable-source.ts';
import { runSource } from './source-run.ts';
import { type EndedSource, Tally } from './tally.ts';
import { claimUrls } from './url-claims.ts';

/** How long an aborted run goes on writing what it has read, in milliseconds. */
const graceMs = 3_000;
/** Sources read at once. */
const sourcesAtOnce = 4;

/** One run over a mirror. */
export interface RunInput {
  readonly root: string;
  /** Every source of the config, in its order. */
  readonly sources: readonly (RunnableSource | BrokenSource)[];
  readonly options: SyncOptions;
  readonly clock: EngineClock;
  readonly network?: NetworkOptions;
  /**
   * Called before each effect on disk: around every transaction and at every step of a write. Tests
   * throw from it to see what a kill at that point would leave.
   */
  readonly step?: () => void;
}

/**
 * Syncs the selected sources into the mirror. What a source does ends up in the summary.
 *
 * @throws EngineError when the mirror itself cannot be used
 */
export async function runSync(input: RunInput): Promise<SyncSummary> {
  const redaction = new Redaction();
  const tally = new Tally(input.options.observe ?? (() => undefined), redaction);
  const dryRun = input.options.dryRun ?? false;
  const database = openForRun(input.root, dryRun);
  try {
    if (isDurable(input)) database.exec('PRAGMA synchronous=FULL');
    const lock = takeLock(database, input.root, input.clock.now, input.step);
    try {
      if (!dryRun) dropSnapshot(input.root);
      const session: Session = {
        database,
        lock,
        root: input.root,
        run: newRunId(database, input.clock.now()),
        now: input.clock.now,
        dryRun,
        observe: (event) => tally.observe(event),
      };
      return redaction.data(await new Run(input, session, tally, redaction).toTheEnd());
    } finally {
      lock.release();
      if (!dryRun) writeSnapshot(database, input.root, statusIn);
    }
  } catch (error) {
    throw toEngineError(error, input.root);
  } finally {
    database.close();
  }
}

/** One source that asks for it makes the whole mirror survive a power cut: they share its database. */
function isDurable({ sources }: RunInput): boolean {
  return sources.some((source) => !('error' in source) && source.durability === 'power');
}

class Run {
  readonly #input: RunInput;
  readonly #session: Session;
  readonly #tally: Tally;
  readonly #redaction: Redaction;
  readonly #files: TreeFiles;
  readonly #mirror: Mirror;
  readonly #signal: AbortSignal;

  constructor(input: RunInput, session: Session, tally: Tally, redaction: Redaction) {
    this.#redaction = redaction;
    this.#input = input;
    this.#session = session;
    this.#tally = tally;
    this.#files = new TreeFiles(session.root, session.run, {
      onLocalEdit: (path) => tally.addLocalEdit(path),
      ...(input.step === undefined ? {} : { step: input.step }),
      isDurable: isDurable(input),
    });
    this.#mirror = new Mirror(session, this.#files);
    this.#signal = input.options.signal ?? new AbortController().signal;
  }

  async toTheEnd(): Promise<SyncSummary> {
    const startedAt = this.#session.now();
    this.#begin(startedAt);
    const { clock, network = {} } = this.#input;
    const { active, broken } = activateSources(this.#session, this.#input.sources, {
      clock,
      network,
      redaction: this.#redaction,
    });
    try {
      const only = this.#assignOnly(active);
      const selected = active.filter(
        ({ runnable }) =>
          isSelected(runnable.name, this.#input.options) && only?.has(runnable.name) !== false,
      );
      const results = await mapConcurrently(selected, sourcesAtOnce, (source) =>
        this.#runSource(source, only?.get(source.runnable.name)),
      );
      const ended = await this.#finishTree(active, results);
      const summary = this.#tally.summarize({
        session: this.#session,
        startedAt,
        cancelled: this.#signal.aborted,
        sources: ended,
        // Documents that another source has do not need this one.
        broken: broken.filter(
          ({ name }) => isSelected(name, this.#input.options) && (only?.size ?? 0) === 0,
        ),
      });
      this.#end(summary);
      return summary;
    } finally {
      await Promise.all(active.map(closeSource));
    }
  }

  #begin(startedAt: number): void {
    const { database, lock, run, root, dryRun } = this.#session;
    let recovered = 0;
    if (isDatabaseLost(this.#session)) {
      const message =
        'The files of an earlier mirror are here without its database. They are moved to the local edits where they differ; to take them over instead, stop and type: `context-sync rebuild`';
      this.#session.observe({ type: 'message', level: 'warn', message });
    }
    if (!dryRun) {
      recovered = recoverTree(this.#session, this.#files);
      this.#mirror.recoverAttachments();
      lock.transaction(() =>
        database.run('INSERT INTO runs(id, started) VALUES(?, ?)', run, startedAt),
      );
      expireTraces(this.#session);
    }
    renderAnew(this.#session);
    this.#session.observe({ type: 'start', run, root, recovered });
  }

  /** Which documents of which source are asked for; `undefined`: everything. */
  #assignOnly(active: readonly ActiveSource[]): ReturnType<typeof assignOnly> | undefined {
    const { only } = this.#input.options;
    if (only === undefined || only.length === 0) return undefined;
    const candidates = active
      .filter(({ runnable }) => isSelected(runnable.name, this.#input.options))
      .map(({ runnable, row, connector }) => ({ name: runnable.name, row: row.id, connector }));
    // Then the summary tells why none of them works.
    if (candidates.length === 0) return new Map();
    return assignOnly(this.#session.database, candidates, only);
  }

  async #runSource(active: ActiveSource, only?: ReadonlySet<string>): Promise<EndedSource> {
    const { clock, options } = this.#input;
    const started = clock.now();
    const result = await runSource({
      ...active,
      redaction: this.#redaction,
      session: this.#session,
      mirror: this.#mirror,
      clock,
      options,
      ...(only === undefined ? {} : { only: [...only] }),
      signal: this.#signal,
    });
    return { active, result, durationMs: clock.now() - started };
  }

  /** Binds links across sources and writes what is left. An aborted run leaves the indexes to the next. */
  async #finishTree(
    active: readonly ActiveSource[],
    results: readonly EndedSource[],
  ): Promise<readonly EndedSource[]> {
    for (const { row, connector } of active) claimUrls(this.#session, row.id, connector);
    await this.#mirror.settle(!this.#signal.aborted, this.#stopAfterGrace());
    // What was not written yet still looks like nobody's.
    if (this.#signal.aborted) return results;
    return results.map((ended) => (ended.result.isComplete ? this.#pruneOrphans(ended) : ended));
  }

  #pruneOrphans(ended: EndedSource): EndedSource {
    const { name, maxDelete = defaultDeleteLimit } = ended.active.runnable;
    const limits = { source: name, maxDelete, allowDeletes: this.#input.options.allowDeletes };
    return { ...ended, result: pruneOrphans(this.#session, this.#mirror, ended.result, limits) };
  }

  /** After an abort, files are written for a moment longer; what is left is for the next run. */
  #stopAfterGrace(): () => boolean {
    let end: number | undefined;
    return () => {
      if (!this.#signal.aborted) return false;
      end ??= this.#session.now() + graceMs;
      return this.#session.now() >= end;
    };
  }

  #end(summary: SyncSummary): void {
    const { database, lock, run, now, dryRun } = this.#session;
    if (dryRun) return;
    lock.transaction(() =>
      database.run(
        'UPDATE runs SET ended = ?, outcome = ? WHERE id = ?',
        now(),
        summary.outcome,
        run,
      ),
    );
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
