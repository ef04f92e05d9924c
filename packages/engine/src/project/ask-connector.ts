import {
  type CallContext,
  type CheckOptions,
  type Connector,
  ConnectorError,
  type ScopesOptions,
} from '@context-sync/core';

import type { ScopeInfo, SourceCheck } from '../api.ts';
import type { Project } from '../config/project.ts';
import { EngineError } from '../engine-error.ts';
import type { Database } from '../state/database.ts';
import { openDatabase } from '../state/open-database.ts';
import { findSource } from '../state/sources.ts';
import { hasState } from '../state/state-files.ts';
import { toErrorShape } from '../sync/error-shape.ts';
import { createHost } from '../sync/host.ts';
import { Redaction } from '../sync/redaction.ts';
import { networkOptions, runnableSources } from './runnable-sources.ts';
import { systemClock } from './system-clock.ts';

/** Options of calls that ask a service and store nothing. */
export interface AskOptions {
  readonly signal?: AbortSignal;
}

/**
 * Checks one source thoroughly: its credentials, that the scopes its config names can be read, and
 * whatever else its connector knows could go wrong.
 * Failures of the service are checks in the report.
 *
 * @throws EngineError `usage` for a source that is not configured
 * @throws ConnectorError when the connector cannot be loaded or the config is wrong
 */
export function checkSource(
  project: Project,
  source: string,
  options: AskOptions & CheckOptions = {},
): Promise<SourceCheck> {
  return withConnector(project, source, options, async (asked) => ({
    source,
    connector: asked.type,
    ...(await prove(asked)),
    requests: asked.requests(),
  }));
}

async function prove({
  connector,
  call,
}: Asked): Promise<Pick<SourceCheck, 'report' | 'scopes' | 'unavailable'>> {
  const report = await connector.check(call, { thorough: true });
  if (report.identity === undefined) return { report, unavailable: [] };
  const unavailable: SourceCheck['unavailable'][number][] = [];
  let scopes = 0;
  try {
    for await (const event of connector.scopes(call)) {
      if (event.type === 'scope') scopes += 1;
      if (event.type === 'unavailable') unavailable.push({ scope: event.slug, error: event.error });
    }
  } catch (error) {
    if (call.signal.aborted) throw error;
    const check = { id: 'scopes', status: 'failed', error: toErrorShape(error) } as const;
    return { report: { ...report, checks: [...report.checks, check] }, unavailable };
  }
  return { report, scopes, unavailable };
}

/**
 * The scopes of a source that its config selects (with `all`: every one it could select), and how many
 * documents of each are mirrored. One that the config asks for and that cannot be read has an `error`.
 */
export function listScopes(
  project: Project,
  source: string,
  options: AskOptions & ScopesOptions = {},
): Promise<readonly ScopeInfo[]> {
  return withConnector(project, source, options, async ({ connector, call }) => {
    const mirrored = mirroredCounts(project.root, source);
    const found: ScopeInfo[] = [];
    for await (const event of connector.scopes(call, { all: options.all ?? false })) {
      if (event.type === 'scope') {
        const documents = mirrored.get(event.scope.id);
        const isMirrored = documents !== undefined;
        found.push({ source, scope: event.scope, mirrored: isMirrored, documents: documents ?? 0 });
      } else if (event.type === 'unavailable') {
        const { slug, error } = event;
        const scope = { id: '', slug, title: slug, kind: '' };
        found.push({ source, scope, mirrored: false, documents: 0, error });
      }
    }
    return found;
  });
}

interface Asked {
  readonly type: string;
  readonly connector: Connector;
  readonly call: CallContext;
  requests(): number;
}

async function withConnector<Result>(
  project: Project,
  name: string,
  { signal = new AbortController().signal }: AskOptions,
  ask: (asked: Asked) => Promise<Result>,
): Promise<Result> {
  const configured = project.sources.filter((source) => source.name === name);
  if (configured.length === 0) {
    const names = project.sources.map((source) => source.name).join(', ');
    throw new EngineError('usage', `There is no source called ${name}.`, {
      hint: names === '' ? 'The config has no sources.' : `The config has: ${names}.`,
    });
  }
  const [source] = await runnableSources({
    ...project,
    sources: configured.map((each) => ({ ...each, enabled: true })),
  });
  if (source === undefined) throw new Error('A configured source was lost.');
  if ('error' in source)
    throw new ConnectorError(source.error.code, source.error.message, source.error);
  const host = createHost({
    source,
    clock: systemClock,
    network: await networkOptions(project),
    redaction: new Redaction(),
    observe: () => undefined,
  });
  const connector = source.definition.create(source.config, host.context);
  try {
    return await ask({
      type: source.definition.type,
      connector,
      call: host.call('', signal),
      requests: () => host.traffic('').requests,
    });
  } finally {
    await connector.close?.();
    await host.http.close();
  }
}

function mirroredCounts(root: string, name: string): Map<string, number> {
  if (!hasState(root)) return new Map();
  const database: Database = openDatabase(root);
  try {
    const source = findSource(database, name);
    const rows = database.all<{ scope_id: string; documents: number }>(
      `SELECT scope_id, (SELECT count(i.live) FROM items i WHERE i.scope = s.id AND i.placement = 'file') AS documents
         FROM scopes s WHERE source = ?`,
      source?.id ?? 0,
    );
    return new Map(rows.map(({ scope_id, documents }) => [scope_id, documents]));
  } finally {
    database.close();
  }
}
