import type { Mirror } from '../mirror/settle.ts';
import type { Session } from '../state/session.ts';
import { isTooMany } from './deletion-guard.ts';
import type { Removed } from './prune.ts';
import type { DeleteLimit } from './runnable-source.ts';
import type { SourceResult } from './source-run.ts';

/** What decides how many orphans of a source may go. */
export interface OrphanLimits {
  readonly source: string;
  readonly maxDelete: DeleteLimit;
  readonly allowDeletes: number | undefined;
}

/** What happened to the orphans in one folder of a source, which is a scope's as a rule. */
interface OrphanFolder {
  readonly folder: string;
  /** Slug of the scope, or the folder's name when no scope lies in it. */
  readonly scope: string;
  readonly removed: readonly Removed[];
  readonly withheld: number;
}

/**
 * After a rebuild, removes what the service no longer has: files that carry the front matter of a source
 * and that none of its documents claimed. The same guard holds as for documents that are not listed.
 */
export function pruneOrphans(
  session: Session,
  mirror: Mirror,
  result: SourceResult,
  limits: OrphanLimits,
): SourceResult {
  const folders = [...findOrphans(session, limits.source)].map(([folder, paths]) =>
    pruneFolder(session, mirror, { folder, paths }, limits),
  );
  const kept = folders.filter(({ withheld }) => withheld > 0).map(({ folder }) => folder);
  mirror.dropIndexes(limits.source, kept);
  return folders.reduce(addFolder, result);
}

function findOrphans({ database }: Session, source: string): Map<string, string[]> {
  const rows = database.all<{ path: string }>(
    `SELECT path FROM files WHERE role = 'document' AND item IS NULL AND state = 'live' ORDER BY path`,
  );
  const folders = new Map<string, string[]>();
  for (const { path } of rows) {
    if (!path.startsWith(`${source}/`)) continue;
    const folder = path.split('/').slice(0, 2).join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return folders;
}

function pruneFolder(
  { database, lock }: Session,
  mirror: Mirror,
  { folder, paths }: { folder: string; paths: readonly string[] },
  { maxDelete, allowDeletes = 0 }: OrphanLimits,
): OrphanFolder {
  const scope = database.get<{ slug: string }>('SELECT slug FROM scopes WHERE folder = ?', folder);
  const place = { folder, scope: scope?.slug ?? folder.slice(folder.indexOf('/') + 1) };
  const all = database.get<{ count: number }>(
    `SELECT count(*) AS count FROM files WHERE role = 'document' AND state = 'live'
       AND substr(path, 1, length(?1) + 1) = ?1 || '/'`,
    folder,
  );
  const isHeldBack =
    isTooMany(maxDelete, paths.length, all?.count ?? 0) && allowDeletes < paths.length;
  if (isHeldBack) {
    lock.transaction(() =>
      database.run(
        'UPDATE scopes SET withheld = withheld + ? WHERE folder = ?',
        paths.length,
        folder,
      ),
    );
    return { ...place, removed: [], withheld: paths.length };
  }
  const removed = paths.map((path) => mirror.describeOrphan(path));
  mirror.trashOrphans(paths);
  return { ...place, removed, withheld: 0 };
}

function addFolder(result: SourceResult, { scope, removed, withheld }: OrphanFolder): SourceResult {
  const isHere = (end: SourceResult['scopes'][number]): boolean => end.result.scope.slug === scope;
  if (!result.scopes.some(isHere)) {
    return {
      ...result,
      dropped: [...result.dropped, { scope, removed }],
      withheld: result.withheld + withheld,
    };
  }
  const scopes = result.scopes.map((end) => {
    if (!isHere(end)) return end;
    const { pruned } = end;
    return {
      ...end,
      pruned: {
        ...pruned,
        removed: [...pruned.removed, ...removed],
        withheld: pruned.withheld + withheld,
      },
    };
  });
  return { ...result, scopes };
}
