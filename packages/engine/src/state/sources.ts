import type { ConnectorDefinition, KindOptions, Scope } from '@context-sync/core';
import { cleanText } from '@context-sync/markdown';

import { nameOfSlug } from '../mirror/file-name.ts';
import { defaultOutput, type OutputFormat } from '../output-format.ts';
import type { Database } from './database.ts';
import { markAllFiles } from './mark-files.ts';

/** A row of `sources`. */
export interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly position: number;
  readonly output: OutputFormat;
  readonly identity: string | null;
  readonly identity_label: string | null;
  readonly scope_print: string | null;
  readonly identity_print: string | null;
  readonly facts: string;
  readonly kinds: string;
  readonly index_options: string;
  readonly urls_upto: number;
}

/** A row of `scopes`. */
export interface ScopeRow {
  readonly id: number;
  readonly source: number;
  readonly scope_id: string;
  readonly slug: string;
  readonly title: string;
  readonly kind: string;
  readonly url: string | null;
  readonly data: string | null;
  readonly position: number;
  readonly folder: string | null;
  readonly state: 'active' | 'unavailable';
  readonly missing_runs: number;
  readonly missing_since: number | null;
  readonly cursor: string | null;
  readonly cursor_version: number | null;
  readonly generation: number;
  readonly resuming: number;
  readonly last_sync: number | null;
  readonly last_reconcile: number | null;
  readonly withheld: number;
}

export function findSource(database: Database, name: string): SourceRow | undefined {
  return database.get<SourceRow>('SELECT * FROM sources WHERE name = ?', name);
}

/** Creates or refreshes a source; what changes in its definition makes its files be looked at again. */
export function registerSource(
  database: Database,
  source: { name: string; position: number; output?: OutputFormat | undefined },
  definition: Pick<ConnectorDefinition, 'type' | 'kinds' | 'index'>,
): SourceRow {
  const kinds = JSON.stringify(safeKinds(definition.kinds ?? {}));
  const index = JSON.stringify(definition.index ?? {});
  const before = findSource(database, source.name);
  const output = source.output ?? defaultOutput;
  database.run(
    `INSERT INTO sources(name, type, position, output, kinds, index_options) VALUES(?, ?, ?, ?, ?, ?)
     ON CONFLICT(name) DO UPDATE SET type = excluded.type, position = excluded.position,
       output = excluded.output, kinds = excluded.kinds, index_options = excluded.index_options`,
    source.name,
    definition.type,
    source.position,
    output,
    kinds,
    index,
  );
  const row = findSource(database, source.name);
  if (row === undefined) throw new Error('The database lost a row that was just written.');
  const isRearranged = before !== undefined && before.position !== source.position;
  // URLs that several sources claim follow the order of the config.
  if (isRearranged) database.run('UPDATE items SET dirty = 1');
  // The links of others lead to its files by name.
  if (before !== undefined && before.output !== output) markAllFiles(database);
  if (before !== undefined && before.index_options !== index) {
    database.run(
      'INSERT OR IGNORE INTO stale_folders(folder) SELECT DISTINCT folder FROM items WHERE source = ? AND folder IS NOT NULL',
      row.id,
    );
  }
  if (before !== undefined && before.kinds !== kinds) {
    database.run('UPDATE items SET dirty = 1 WHERE source = ?', row.id);
    database.run('UPDATE scopes SET layout_stale = 1 WHERE source = ?', row.id);
  }
  return row;
}

/** The folder of a kind is a name and its heading a line, whatever the connector wrote. */
function safeKinds(kinds: Readonly<Record<string, KindOptions>>): Record<string, KindOptions> {
  const entries = Object.entries(kinds).map(([kind, options]) => {
    const { folder, heading, flat, inOneScope } = options;
    const safe = {
      ...(folder === undefined ? {} : { folder: nameOfSlug(folder) }),
      ...(heading === undefined ? {} : { heading: cleanText(heading).text }),
      ...(flat === true ? { flat } : {}),
      ...(inOneScope === true ? { inOneScope } : {}),
    };
    return [kind, safe] as const;
  });
  return Object.fromEntries(entries);
}

/** Creates or refreshes a scope at its place in the config. */
export function registerScope(
  database: Database,
  source: number,
  scope: Scope,
  position: number,
): void {
  const data = scope.data === undefined ? null : JSON.stringify(scope.data);
  const before = database.get<ScopeRow>(
    'SELECT * FROM scopes WHERE source = ? AND scope_id = ?',
    source,
    scope.id,
  );
  database.run(
    `INSERT INTO scopes(source, scope_id, slug, title, kind, url, data, position) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(source, scope_id) DO UPDATE SET slug = excluded.slug, title = excluded.title,
       kind = excluded.kind, url = excluded.url, data = excluded.data, position = excluded.position,
       state = 'active', missing_runs = 0, missing_since = NULL`,
    source,
    scope.id,
    scope.slug,
    scope.title,
    scope.kind,
    scope.url ?? null,
    data,
    position,
  );
  if (before === undefined || (before.title === scope.title && before.url === (scope.url ?? null)))
    return;
  database.run(
    'INSERT OR IGNORE INTO stale_folders(folder) SELECT name FROM sources WHERE id = ?',
    source,
  );
  if (before.folder !== null)
    database.run('INSERT OR IGNORE INTO stale_folders(folder) VALUES(?)', before.folder);
}

export function listScopeRows(database: Database, source: number): ScopeRow[] {
  return database.all<ScopeRow>(
    'SELECT * FROM scopes WHERE source = ? ORDER BY position, id',
    source,
  );
}

/** The scope as the connector gave it. */
export function toScope(row: ScopeRow): Scope {
  return {
    id: row.scope_id,
    slug: row.slug,
    title: row.title,
    kind: row.kind,
    ...(row.url === null ? {} : { url: row.url }),
    ...(row.data === null ? {} : { data: JSON.parse(row.data) }),
  };
}
