import type { IndexOptions } from '@context-sync/core';

import type { OutputFormat } from '../output-format.ts';
import type { Database } from '../state/database.ts';
import { compareBytes } from './byte-order.ts';
import { documentName, indexName } from './file-paths.ts';
import { escapeMarkdown } from './markdown-text.ts';

/** What stands above the entries of a folder's index. */
export interface FolderHead {
  /** Markdown. */
  readonly title: string;
  /** The same as plain text. */
  readonly name: string;
  readonly intro: string;
  /** Lines above the documents: sub-folders without a document of their own. */
  readonly lead: readonly string[];
  readonly options: IndexOptions;
}

/**
 * The head of a folder's index, or `undefined` when the folder is nobody's. `isUsed`: documents lie
 * in it.
 */
export function folderHead(
  database: Database,
  folder: string,
  isUsed: boolean,
  output: OutputFormat,
): FolderHead | undefined {
  if (folder === '') return rootHead(database);
  const at = folder.lastIndexOf('/');
  if (at === -1) return sourceHead(database, folder, output);
  const above = folder.slice(0, at);
  const name = folder.slice(at + 1);
  return (
    scopeHead(database, folder, isUsed, output) ??
    (isUsed ? documentHead(database, above, name, output) : undefined) ??
    kindHead(database, above, name, output)
  );
}

function rootHead(database: Database): FolderHead {
  const sources = database.all<{ name: string; type: string; output: OutputFormat }>(
    'SELECT name, type, output FROM sources ORDER BY position',
  );
  return {
    title: 'Mirrored knowledge',
    name: 'Mirrored knowledge',
    intro:
      'A local mirror, made by context-sync. Every file starts with its source, id, URL and time of last change.',
    lead: sources.map(
      ({ name, type, output }) =>
        `- [${name}](${name}/${indexName(output)})${name === type ? '' : ` (${type})`}`,
    ),
    options: {},
  };
}

function sourceHead(
  database: Database,
  folder: string,
  output: OutputFormat,
): FolderHead | undefined {
  const source = database.get<{ id: number; name: string }>(
    'SELECT id, name FROM sources WHERE name = ?',
    folder,
  );
  if (source === undefined) return undefined;
  const scopes = database.all<{ slug: string; title: string; folder: string }>(
    `SELECT slug, title, folder FROM scopes s WHERE source = ? AND folder IS NOT NULL
       AND EXISTS(SELECT 1 FROM items WHERE scope = s.id AND placement = 'file') ORDER BY CAST(slug AS BLOB), scope_id`,
    source.id,
  );
  const lead = scopes.map(({ slug, title, folder: path }) => {
    const name = path.slice(folder.length + 1);
    const label = slug === title ? slug : `${slug}: ${title}`;
    return `- [${escapeMarkdown(label)}](${name}/${indexName(output)})`;
  });
  return {
    title: source.name,
    name: source.name,
    intro: lead.length === 0 ? 'Nothing is mirrored of this source.' : '',
    lead,
    options: {},
  };
}

function scopeHead(
  database: Database,
  folder: string,
  hasDocuments: boolean,
  output: OutputFormat,
): FolderHead | undefined {
  const scope = database.get<{
    slug: string;
    title: string;
    url: string | null;
    kinds: string;
    index_options: string;
  }>(
    `SELECT c.slug, c.title, c.url, s.kinds, s.index_options FROM scopes c JOIN sources s ON s.id = c.source WHERE c.folder = ?`,
    folder,
  );
  if (scope === undefined) return undefined;
  const kinds = JSON.parse(scope.kinds) as Record<string, { folder?: string }>;
  const folders = [...new Set(Object.values(kinds).flatMap((kind) => kind.folder ?? []))].toSorted(
    compareBytes,
  );
  const used = folders.filter((name) => isUsed(database, `${folder}/${name}`));
  if (used.length === 0 && !hasDocuments) return undefined;
  const title = scope.slug === scope.title ? scope.slug : `${scope.slug}: ${scope.title}`;
  return {
    title: escapeMarkdown(title),
    name: title,
    intro: scope.url === null ? '' : `<${scope.url}>`,
    lead: used.map((name) => `- [${name}/](${name}/${indexName(output)})`),
    options: JSON.parse(scope.index_options) as IndexOptions,
  };
}

function documentHead(
  database: Database,
  above: string,
  name: string,
  output: OutputFormat,
): FolderHead | undefined {
  const item = database.get<{ title: string }>(
    'SELECT title FROM items WHERE folder = ? AND name = ?',
    above,
    name,
  );
  if (item === undefined) return undefined;
  const title = escapeMarkdown(item.title) || 'Untitled';
  const intro = `Below [${title}](../${documentName(name, output)}).`;
  return { title, name: item.title || 'Untitled', intro, lead: [], options: {} };
}

/** A folder of a kind at the top of a scope, e.g. `blog`. */
function kindHead(
  database: Database,
  above: string,
  name: string,
  output: OutputFormat,
): FolderHead | undefined {
  const scope = scopeHead(database, above, isUsed(database, above), output);
  return scope === undefined
    ? undefined
    : { title: name, name, intro: '', lead: [], options: scope.options };
}

function isUsed(database: Database, folder: string): boolean {
  return database.get('SELECT 1 AS one FROM items WHERE folder = ? LIMIT 1', folder) !== undefined;
}
