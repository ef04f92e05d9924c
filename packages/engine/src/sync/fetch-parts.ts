import type { PartsAnswer } from '@context-sync/core';

import { findItem } from '../state/items.ts';
import { throwIfFatal } from '../state/open-database.ts';
import { toScope } from '../state/sources.ts';
import { EventApplier } from './apply-events.ts';
import { ContentReader } from './content-reader.ts';
import { toErrorShape } from './error-shape.ts';
import { toRequest } from './scope-request.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceSession } from './source-session.ts';

/**
 * Reads what belongs to documents of a scope and is listed apart from them, where the connector can;
 * adds what went wrong to the result of the scope. Removes nothing that the service does not call gone.
 */
export async function fetchParts(
  source: SourceSession,
  result: ScopeResult,
  ids: readonly string[],
): Promise<ScopeResult> {
  const { connector, session } = source;
  if (connector.fetchParts === undefined || ids.length === 0) return result;
  const { scope, generation } = result;
  const { known } = toRequest(source, scope, false);
  const documents = ids.flatMap((id) => {
    const item = findItem(session.database, source.source, id);
    return item === undefined ? [] : [{ id, kind: item.kind }];
  });
  const call = source.call(scope.slug);
  const contents = new ContentReader(source, call);
  const applier = new EventApplier(source, scope, generation);
  const warnings = [...result.warnings];
  const failures = (): ScopeResult['failures'] =>
    new Map([...result.failures, ...contents.failures]);
  try {
    const answers: AsyncIterable<PartsAnswer> = connector.fetchParts(
      { scope: toScope(scope), documents, known },
      call,
    );
    // One at a time: what the connector knows of people follows what it told before.
    for await (const event of answers) {
      source.signal.throwIfAborted();
      if (event.type === 'warning') warnings.push({ code: event.code, message: event.message });
      const ready = await contents.read([event]);
      session.lock.transaction(() => void applier.apply(ready));
    }
    return { ...result, warnings, failures: failures() };
  } catch (error) {
    throwIfFatal(error, session.root);
    const outcome = source.signal.aborted ? 'cancelled' : 'failed';
    return { ...result, outcome, warnings, failures: failures(), error: toErrorShape(error) };
  }
}
