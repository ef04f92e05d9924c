import { rememberTargets } from '../state/references.ts';
import { toErrorShape } from './error-shape.ts';
import { fetchDocuments } from './fetch-documents.ts';
import type { ScopeResult } from './scope-run.ts';
import type { SourceSession } from './source-session.ts';

/** Documents read again in one run; more wait for the next listing, which reads them anyway. */
const mostAtOnce = 1000;

/**
 * Reads the documents again whose content is marked as unknown: those that named a document which is
 * gone. A service that rewrites links on a rename does so without a new revision, so their stored text
 * may name it by a title that it lost before it went.
 */
export async function refreshReferrers(
  source: SourceSession,
  { scope, generation, outcome }: ScopeResult,
): Promise<void> {
  const { connector, session, signal, logger } = source;
  if (outcome !== 'complete' || connector.fetch === undefined || signal.aborted) return;
  const rows = session.database.all<{ doc_id: string }>(
    'SELECT doc_id FROM items WHERE scope = ? AND revision IS NULL LIMIT ?',
    scope.id,
    mostAtOnce,
  );
  if (rows.length === 0) return;
  try {
    await fetchDocuments(
      source,
      { scope, generation },
      rows.map(({ doc_id }) => doc_id),
    );
  } catch (error) {
    // The mark stays, and the next listing reads them.
    const { message } = toErrorShape(error);
    logger.warn('Documents could not be read again', { scope: scope.slug, error: message });
  }
}

/**
 * After a run that was cut off: marks the documents that name something nobody is called. Its new name
 * may have been given between the reading of the two.
 */
export function forgetLoose({ session, source }: SourceSession): void {
  session.lock.transaction(() =>
    session.database.run(
      `UPDATE items SET revision = NULL WHERE source = ? AND id IN (
         SELECT item FROM links l WHERE today >= 'n:' AND today < 'n;'
           AND NOT EXISTS(SELECT 1 FROM names WHERE key = l.today))`,
      source,
    ),
  );
}

/** After a run that saw all of a source: links by name stay with the documents they mean now. */
export function rememberNames({ session, source }: SourceSession): void {
  session.lock.transaction(() => rememberTargets(session.database, source));
}
