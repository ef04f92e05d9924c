import type { Connector } from '@context-sync/core';
import { createOrigins, type Origins } from '@context-sync/http';

import type { SyncOptions } from '../api.ts';
import { EngineError } from '../engine-error.ts';
import type { Session } from '../state/session.ts';
import { registerSource, type SourceRow } from '../state/sources.ts';
import { toErrorShape } from './error-shape.ts';
import { type ConnectorHost, createHost } from './host.ts';
import type { Redaction } from './redaction.ts';
import type {
  BrokenSource,
  EngineClock,
  NetworkOptions,
  RunnableSource,
} from './runnable-source.ts';
import { forgetClaims } from './url-claims.ts';

/** A source whose connector is at work. */
export interface ActiveSource {
  readonly runnable: RunnableSource;
  readonly row: SourceRow;
  readonly host: ConnectorHost;
  readonly connector: Connector;
}

/** What all sources of a run share. */
export interface ActivationOptions {
  readonly clock: EngineClock;
  readonly network: NetworkOptions;
  readonly redaction: Redaction;
}

/**
 * Makes the connectors of all sources: those that do not run still say which URLs are theirs. A
 * connector that cannot be made breaks its own source only.
 */
export function activateSources(
  session: Session,
  sources: readonly (RunnableSource | BrokenSource)[],
  options: ActivationOptions,
): { active: ActiveSource[]; broken: BrokenSource[] } {
  const active: ActiveSource[] = [];
  const broken: BrokenSource[] = [];
  // Sources of one service share its patience.
  const origins = createOrigins();
  for (const [position, source] of sources.entries()) {
    if ('error' in source) {
      broken.push(source);
      continue;
    }
    const { name, output, definition } = source;
    const row = session.lock.transaction(() =>
      registerSource(session.database, { name, position, output }, definition),
    );
    try {
      active.push(activate(session, source, row, { ...options, origins }));
    } catch (error) {
      broken.push({ name, type: definition.type, error: toErrorShape(error) });
    }
  }
  return { active, broken };
}

function activate(
  session: Session,
  runnable: RunnableSource,
  row: SourceRow,
  options: ActivationOptions & { readonly origins: Origins },
): ActiveSource {
  const { database, observe } = session;
  const cache = { database, source: row.id };
  const host = createHost({ source: runnable, ...options, observe, cache });
  const connector = runnable.definition.create(runnable.config, host.context);
  const isAnother = row.identity_print !== null && row.identity_print !== runnable.prints.identity;
  if (isAnother) forgetClaims(session, row.id);
  return { runnable, row, host, connector };
}

/** Ends what a source holds open; its connector may fail at that without harm. */
export async function closeSource({ connector, host }: ActiveSource): Promise<void> {
  try {
    await connector.close?.();
  } catch (error) {
    const { message } = toErrorShape(error);
    host.context.logger.warn('The connector failed while closing', { error: message });
  }
  await host.http.close();
}

/** Whether the options select a source; without a selection they select all. */
export function isSelected(name: string, { select }: SyncOptions): boolean {
  return (
    select === undefined || select.length === 0 || select.some(({ source }) => source === name)
  );
}

/** @throws EngineError `usage` for a selected source that the config does not have */
export function assertSelected(names: readonly string[], { select }: SyncOptions): void {
  const unknown = select?.find(({ source }) => !names.includes(source));
  if (unknown === undefined) return;
  throw new EngineError('usage', `There is no source called ${unknown.source}.`, {
    hint:
      names.length === 0 ? 'The config has no sources.' : `The config has: ${names.join(', ')}.`,
  });
}
