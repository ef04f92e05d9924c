import type { JsonObject } from '@context-sync/core';

import type { Database } from '../state/database.ts';
import type { StoredHeader } from '../state/items.ts';
import type { ContextLink } from '../state/link-keys.ts';
import { labelQuery, type LabelQuery, treeQuery } from '../state/list-query.ts';
import type { Bindings, Referrer } from './bindings.ts';
import { compareBytes, compareIds } from './byte-order.ts';
import { documentPath } from './file-paths.ts';
import type { LinkTargets } from './link-targets.ts';
import { type LabelledTarget, ListedDocuments, type PlacedTarget } from './listed-documents.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { relativePath } from './relative-path.ts';

/** A list goes no deeper when it would be longer; the first level is always whole. */
const mostInTree = 500;
/** Documents of a list or table by labels. What is more is in the indexes of their folders. */
const mostLabelled = 500;
const mostColumns = 20;

/** Makes the lists of documents that stand in for paragraphs of a text. */
export class DocumentLists {
  readonly #database: Database;
  readonly #targets: LinkTargets;
  readonly #listed: ListedDocuments;
  readonly #bindings: Bindings;

  constructor(database: Database, targets: LinkTargets, bindings: Bindings) {
    this.#database = database;
    this.#targets = targets;
    this.#listed = new ListedDocuments(database);
    this.#bindings = bindings;
  }

  /** The documents below one, or at the top of a scope; `undefined` when that is not mirrored. */
  tree(link: ContextLink, from: Referrer): string | undefined {
    const { by, depth, heading } = treeQuery(link);
    const top = by === 'scope' ? this.#listed.top(from.source, link.key) : this.#below(link, from);
    if (top === undefined) return undefined;
    const list = this.#treeLines(top, depth, from).join('\n');
    return list === '' || heading === undefined ? list : `## ${escapeMarkdown(heading)}\n\n${list}`;
  }

  #below(link: ContextLink, from: Referrer): PlacedTarget[] | undefined {
    const target = this.#bindings.target(link, from);
    return target === undefined ? undefined : this.#listed.children(target);
  }

  #treeLines(top: readonly PlacedTarget[], depth: number, from: Referrer): string[] {
    const children = this.#levels(top, depth);
    const lines: string[] = [];
    const open = top.map((target) => ({ target, level: 0 })).toReversed();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { target, level } = next;
      lines.push(`${'  '.repeat(level)}- ${linkTo(target, from)}`);
      const below = children.get(target.id) ?? [];
      open.push(...below.map((child) => ({ target: child, level: level + 1 })).toReversed());
    }
    return lines;
  }

  /** The children to show of each document: whole levels, as many as there is room for. */
  #levels(top: readonly PlacedTarget[], depth: number): Map<number, readonly PlacedTarget[]> {
    const shown = new Map<number, readonly PlacedTarget[]>();
    // A cycle of parents ends at what was seen.
    const seen = new Set(top.map(({ id }) => id));
    let level = top;
    for (let at = 1; at < depth && level.length > 0; at += 1) {
      const found = new Map<number, readonly PlacedTarget[]>();
      for (const target of level) {
        const below = this.#listed.children(target).filter(({ id }) => !seen.has(id));
        for (const { id } of below) seen.add(id);
        found.set(target.id, below);
        if (seen.size > mostInTree) return shown;
      }
      for (const [id, below] of found) shown.set(id, below);
      level = [...found.values()].flat();
    }
    return shown;
  }

  /** The documents with certain labels: a list, or a table of their properties. */
  labelled(link: ContextLink, from: Referrer): string {
    const query = labelQuery(link);
    const rows = this.#find(query, from.source);
    if (query.properties !== undefined) return this.#table(rows, query.properties, from);
    const shown = rows.slice(0, mostLabelled);
    return shown.map((row) => `- ${linkTo(row, from)}`).join('\n');
  }

  #find(query: LabelQuery, source: number): LabelledTarget[] {
    const { labels, all, without, scopes, kinds, below } = query;
    const rows = this.#listed.labelled(source, labels, all ? labels.length : 1);
    const excluded = new Set(
      without.length === 0 ? [] : this.#listed.labelled(source, without, 1).map(({ id }) => id),
    );
    const known = scopes.length === 0 ? undefined : this.#scopeIds(source, scopes);
    return rows
      .filter(({ id }) => !excluded.has(id))
      .filter(({ scope }) => known === undefined || (scope !== null && known.has(scope)))
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .filter((row) => below === undefined || this.#isBelow(row, below))
      .toSorted((a, b) => compareBytes(a.title, b.title) || compareIds(a.doc_id, b.doc_id));
  }

  #scopeIds(source: number, slugs: readonly string[]): Set<number> {
    const rows = this.#database.all<{ id: number }>(
      'SELECT id FROM scopes WHERE source = ? AND slug IN (SELECT value FROM json_each(?))',
      source,
      JSON.stringify(slugs),
    );
    return new Set(rows.map(({ id }) => id));
  }

  #isBelow(row: LabelledTarget, ancestor: string): boolean {
    const seen = new Set<string>();
    for (let above = row.parent; above !== null && !seen.has(above);) {
      if (above === ancestor) return true;
      seen.add(above);
      above = this.#targets.byId(row.source, above)?.parent ?? null;
    }
    return false;
  }

  /** Documents without any property are left out, as Confluence does. */
  #table(rows: readonly LabelledTarget[], columns: readonly string[], from: Referrer): string {
    const told = rows
      .map((row) => ({ row, properties: propertiesOf(row) }))
      .filter(({ properties }) => Object.keys(properties).length > 0)
      .slice(0, mostLabelled);
    if (told.length === 0) return '';
    const all = new Set(told.flatMap(({ properties }) => Object.keys(properties)));
    const names = columns.length === 0 ? [...all].slice(0, mostColumns) : columns;
    const lines = told.map(({ row, properties }) => {
      const own = { item: row.id, source: row.source, folder: from.folder };
      const cells = names.map((name) => this.#bindings.bindMentions(properties[name] ?? '', own));
      return tableRow([linkTo(row, from), ...cells.map(escapeMarkdown)]);
    });
    return [
      tableRow(['Title', ...names.map(escapeMarkdown)]),
      tableRow(['---', ...names.map(() => '---')]),
      ...lines,
    ].join('\n');
  }
}

function linkTo(target: PlacedTarget, { folder }: Referrer): string {
  const path = relativePath(folder, documentPath(target, target.output));
  return `[${escapeMarkdown(target.title) || 'Untitled'}](${path})`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What `metadata.properties` says; the header's goes before that of the text. */
function propertiesOf({ header, metadata }: LabelledTarget): Readonly<Record<string, string>> {
  const text = metadata === null ? {} : (JSON.parse(metadata) as JsonObject);
  const given = (JSON.parse(header) as StoredHeader).metadata?.['properties'];
  const properties = given ?? text['properties'];
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return {};
  const entries = Object.entries(properties).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return Object.fromEntries(entries);
}
