import type { ErrorShape, Scope } from '@context-sync/core';
import { ConnectorError } from '@context-sync/core';

import { placeScopes } from '../mirror/place-documents.ts';
import { placeInScopes } from '../state/members.ts';
import type { Session } from '../state/session.ts';
import { listScopeRows, registerScope, type ScopeRow } from '../state/sources.ts';
import { cleanLine } from './document-text.ts';
import { goneWarning, isLongGone, missingWarning, type ScopeWarning } from './missing-scopes.ts';
import { dropScope, type Removed } from './prune.ts';
import type { SourceSession } from './source-session.ts';

/** What a connector said when it was asked for its scopes. */
export interface ListedScopes {
  readonly listed: readonly Scope[];
  /** Those that the config asks for and that cannot be read, by slug. */
  readonly unavailable: readonly { readonly scope: string; readonly error: ErrorShape }[];
}

/** @throws ConnectorError when the list is not complete */
export async function listScopes(source: SourceSession): Promise<ListedScopes> {
  const listed: Scope[] = [];
  const unavailable: { scope: string; error: ErrorShape }[] = [];
  let isComplete = false;
  for await (const event of source.connector.scopes(source.call(''))) {
    switch (event.type) {
      case 'scope':
        listed.push(cleanScope(event.scope));
        break;
      case 'unavailable':
        unavailable.push({ scope: cleanLine(event.slug), error: event.error });
        break;
      case 'complete':
        isComplete = true;
    }
  }
  if (isComplete) return { listed, unavailable };
  throw new ConnectorError('bug', 'The connector ended its list of scopes without completing it.', {
    hint: 'Report this to the author of the connector.',
  });
}

/** The words of a scope stand in indexes and name a folder. */
function cleanScope(scope: Scope): Scope {
  return {
    ...scope,
    slug: cleanLine(scope.slug),
    title: cleanLine(scope.title),
    kind: cleanLine(scope.kind),
    ...(scope.url === undefined ? {} : { url: cleanLine(scope.url) }),
  };
}

/** What became of the scopes that the mirror has. */
export interface StoredScopes {
  /** Documents that went with a scope. */
  readonly dropped: readonly { readonly scope: string; readonly removed: readonly Removed[] }[];
  /** What is to be known of scopes that are missing: what happens to their files. */
  readonly warnings: readonly ScopeWarning[];
}

/**
 * Stores the scopes and drops those that the user took out of the config, which shows in a changed
 * config. One that only vanished is kept, and dropped when it stays away.
 */
export function storeScopes(
  source: SourceSession,
  { listed, unavailable }: ListedScopes,
): StoredScopes {
  const { session, row, prints } = source;
  const { database, lock } = session;
  const isChanged = row.scope_print !== null && row.scope_print !== prints.scope;
  // A key that nobody knows may be a misspelt one: then nothing was taken out on purpose.
  const isCertain = unavailable.length === 0;
  return lock.transaction(() => {
    for (const [position, scope] of listed.entries()) {
      registerScope(database, row.id, scope, position);
    }
    const absent = absentScopes(source, listed);
    const dropped = absent
      .filter((scope) => isCertain && (isChanged || isLongGone(scope, session.now())))
      .map((scope) => ({ scope, removed: dropScope(source, scope) }));
    for (const scope of absent) markUnavailable(session, scope);
    if (isCertain) {
      database.run('UPDATE sources SET scope_print = ? WHERE id = ?', prints.scope, row.id);
    }
    replaceSharedDocuments(session, row.id);
    placeScopes(database, row.id, row.name);
    return {
      dropped: dropped.map(({ scope, removed }) => ({ scope: scope.slug, removed })),
      warnings: [
        ...(isChanged ? [] : dropped.map((gone) => goneWarning(gone, session.run))),
        ...absentScopes(source, listed).map((scope) => missingWarning(session, scope, isCertain)),
      ],
    };
  });
}

function absentScopes({ session, row }: SourceSession, listed: readonly Scope[]): ScopeRow[] {
  const ids = new Set(listed.map(({ id }) => id));
  return listScopeRows(session.database, row.id).filter(({ scope_id }) => !ids.has(scope_id));
}

function markUnavailable({ database, now }: Session, scope: ScopeRow): void {
  database.run(
    `UPDATE scopes SET state = 'unavailable', missing_runs = missing_runs + 1, missing_since = coalesce(missing_since, ?) WHERE id = ?`,
    now(),
    scope.id,
  );
}

/** The order of the scopes may have changed, and with it the folder of what several list. */
function replaceSharedDocuments({ database }: Session, source: number): void {
  const shared = database.all<{ item: number }>(
    `SELECT m.item FROM members m JOIN scopes s ON s.id = m.scope WHERE s.source = ? GROUP BY m.item HAVING count(*) > 1`,
    source,
  );
  placeInScopes(
    database,
    shared.map(({ item }) => item),
  );
}
