import type {
  Counts,
  Outcome,
  RunEvent,
  ScopeSummary,
  SourceSummary,
  SyncSummary,
} from '../api.ts';
import { countDocuments } from '../state/members.ts';
import type { Session } from '../state/session.ts';
import type { ConnectorHost } from './host.ts';
import { failedOr, joint, scopeOutcome } from './outcomes.ts';
import type { PruneResult } from './prune.ts';
import type { Redaction } from './redaction.ts';
import type { BrokenSource, RunnableSource } from './runnable-source.ts';
import type { SourceResult } from './source-run.ts';

type Action = 'create' | 'update' | 'move' | 'delete';
type Removed = PruneResult['removed'];
type ScopeEnd = SourceResult['scopes'][number];

/** A source and how it ended. */
export interface EndedSource {
  readonly active: {
    readonly runnable: RunnableSource;
    readonly host: ConnectorHost;
    readonly row: { readonly id: number };
  };
  readonly result: SourceResult;
  readonly durationMs: number;
}

/** Counts what a run does, as it is told, and sums it up at the end. */
export class Tally {
  readonly #observe: (event: RunEvent) => void;
  /** By source and scope. */
  readonly #changes = new Map<string, Map<string, Record<Action | 'attachments', number>>>();
  readonly #localEdits: string[] = [];

  constructor(observe: (event: RunEvent) => void, redaction: Redaction) {
    this.#observe = (event) => observe(redaction.data(event));
  }

  observe(event: RunEvent): void {
    if (event.type === 'change') {
      const { source, scope, action, isAttachment } = event.change;
      this.#countsOf(source, scope)[isAttachment === true ? 'attachments' : action] += 1;
    }
    this.#observe(event);
  }

  addLocalEdit(path: string): void {
    this.#localEdits.push(path);
    this.observe({ type: 'local-edit', path });
  }

  summarize(run: {
    session: Session;
    startedAt: number;
    cancelled: boolean;
    sources: readonly EndedSource[];
    broken: readonly BrokenSource[];
  }): SyncSummary {
    const sources = [
      ...run.sources.map((ended) => this.#source(run.session, ended, run.cancelled)),
      ...run.broken.map(brokenSummary),
    ];
    return {
      run: run.session.run,
      root: run.session.root,
      dryRun: run.session.dryRun,
      outcome: run.cancelled ? 'cancelled' : joint(sources.map(({ outcome }) => outcome)),
      startedAt: new Date(run.startedAt).toISOString(),
      durationMs: run.session.now() - run.startedAt,
      ...sum(sources),
      sources,
      localEdits: this.#localEdits,
    };
  }

  #source(
    session: Session,
    { active, result, durationMs }: EndedSource,
    cancelled: boolean,
  ): SourceSummary {
    const { name, definition } = active.runnable;
    this.#reportRemoved(name, result);
    const scopes = result.scopes.map((scope) => this.#scope(session, active, scope, cancelled));
    const own = active.host.traffic('');
    const counts = sum(scopes);
    const outcomes = [
      ...scopes.map(({ outcome }) => outcome),
      ...result.unavailable.map((): Outcome => 'failed'),
      ...(result.withheld > 0 ? (['withheld'] as const) : []),
    ];
    return {
      source: name,
      connector: definition.type,
      outcome: result.error === undefined ? joint(outcomes) : failedOr(cancelled),
      durationMs,
      ...counts,
      ...this.#changesOf(name),
      withheld: result.withheld + scopes.reduce((total, scope) => total + scope.withheld, 0),
      requests: counts.requests + own.requests,
      retries: counts.retries + own.retries,
      waitedMs: counts.waitedMs + own.waitedMs,
      bytes: counts.bytes + own.bytes,
      scopes,
      ...(result.error === undefined ? {} : { error: result.error }),
      unavailable: result.unavailable,
      warnings: [
        ...result.warnings,
        ...result.scopes.flatMap((scope) => [...scope.result.warnings, ...scope.pruned.warnings]),
      ],
    };
  }

  #scope(
    session: Session,
    active: EndedSource['active'],
    end: ScopeEnd,
    cancelled: boolean,
  ): ScopeSummary {
    const { result, pruned, pruneError, durationMs } = end;
    const { slug, title, id } = result.scope;
    const { name } = active.runnable;
    const changes = this.#countsOf(name, slug);
    const documents = result.found ?? countDocuments(session.database, id);
    const error = result.error ?? pruneError;
    const summary: ScopeSummary = {
      source: name,
      scope: slug,
      title,
      outcome: scopeOutcome(end, cancelled),
      durationMs,
      created: changes.create,
      updated: changes.update,
      moved: changes.move,
      deleted: changes.delete,
      unchanged: Math.max(0, documents - changes.create - changes.update - changes.move),
      failed: result.failures.size,
      attachments: changes.attachments,
      ...active.host.traffic(slug),
      withheld: pruned.withheld,
      ...(error === undefined ? {} : { error }),
      failures: [...result.failures].map(([failed, shape]) => ({
        id: failed,
        ...titleOf(session, active.row.id, failed),
        error: shape,
      })),
    };
    this.observe({ type: 'scope-end', summary });
    return summary;
  }

  #reportRemoved(source: string, result: SourceResult): void {
    const report = (scope: string, removed: Removed): void => {
      for (const { id, title, path } of removed) {
        this.observe({
          type: 'change',
          change: { action: 'delete', source, scope, id, title, path: path ?? '' },
        });
      }
    };
    for (const { result: end, pruned } of result.scopes)
      report(end.scope.slug, [...end.removed, ...pruned.removed]);
    for (const { scope, removed } of result.dropped) report(scope, removed);
  }

  #countsOf(source: string, scope: string): Record<Action | 'attachments', number> {
    const scopes =
      this.#changes.get(source) ?? new Map<string, Record<Action | 'attachments', number>>();
    this.#changes.set(source, scopes);
    const none = { create: 0, update: 0, move: 0, delete: 0, attachments: 0 };
    const counts = scopes.get(scope) ?? none;
    scopes.set(scope, counts);
    return counts;
  }

  /** Of a whole source: a change of one document may change files in scopes that were not read. */
  #changesOf(source: string): Pick<Counts, 'created' | 'updated' | 'moved' | 'deleted'> {
    const all = [...(this.#changes.get(source)?.values() ?? [])];
    const total = (action: Action): number => all.reduce((count, one) => count + one[action], 0);
    return {
      created: total('create'),
      updated: total('update'),
      moved: total('move'),
      deleted: total('delete'),
    };
  }
}

function titleOf({ database }: Session, source: number, id: string): { title?: string } {
  const title = database.get<{ title: string }>(
    'SELECT title FROM items WHERE source = ? AND doc_id = ?',
    source,
    id,
  )?.title;
  return title === undefined ? {} : { title };
}

function brokenSummary({ name, type, error }: BrokenSource): SourceSummary {
  return {
    source: name,
    connector: type,
    outcome: 'failed',
    durationMs: 0,
    ...sum([]),
    withheld: 0,
    scopes: [],
    error,
    unavailable: [],
    warnings: [],
  };
}

function sum(parts: readonly Counts[]): Counts {
  const total = (key: keyof Counts): number => parts.reduce((count, part) => count + part[key], 0);
  return {
    created: total('created'),
    updated: total('updated'),
    moved: total('moved'),
    deleted: total('deleted'),
    unchanged: total('unchanged'),
    failed: total('failed'),
    attachments: total('attachments'),
    requests: total('requests'),
    retries: total('retries'),
    waitedMs: total('waitedMs'),
    bytes: total('bytes'),
  };
}
