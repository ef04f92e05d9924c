import { dirname } from 'node:path/posix';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { markListers } from '../state/labels.ts';
import type { Session } from '../state/session.ts';
import { AttachmentWriter } from './attachment-writer.ts';
import { type FileContents, loadFileContents, readField } from './file-content.ts';
import { documentPath } from './file-paths.ts';
import { releaseFile } from './file-table.ts';
import { renderFolderIndex } from './folder-index.ts';
import { IncomingFiles } from './incoming-files.ts';
import { isSentenceOpen } from './markdown-text.ts';
import { placeAttachments } from './place-attachments.ts';
import { placeDocuments } from './place-documents.ts';
import { DocumentRenderer, type DocumentRow } from './render-document.ts';
import type { TreeFiles } from './tree-files.ts';
import { TreeWriter, type WantedFile } from './tree-writer.ts';
import { writeIndexes } from './write-indexes.ts';

const filesPerBatch = 100;
/** Files are first written in the middle of a run after this many documents … */
const firstSettle = 500;
/** … and this long after the last time, in milliseconds: a fast run writes once, at its end. */
const settleEveryMs = 20_000;

/** Brings the tree to what the database says. */
export class Mirror {
  readonly #session: Session;
  readonly #files: TreeFiles;
  readonly #writer: TreeWriter;
  readonly #attachments: AttachmentWriter;
  /** Where downloads are received. */
  readonly incoming: IncomingFiles;
  #turn: Promise<void> = Promise.resolve();
  #arrived = 0;
  #nextSettle = firstSettle;
  #lastSettle: number;

  constructor(session: Session, files: TreeFiles) {
    this.#session = session;
    this.#files = files;
    this.#writer = new TreeWriter(session, files);
    this.incoming = new IncomingFiles(session, files);
    this.#attachments = new AttachmentWriter(session, files, this.incoming);
    this.#lastSettle = session.now();
  }

  /**
   * Places, writes and removes files until the tree shows the database. `final`: at the end of a run,
   * when nothing more will arrive; then the indexes are written too. `stop` ends it between two batches;
   * what is left is done by the next run.
   */
  async settle(final: boolean, stop: () => boolean = () => false): Promise<void> {
    const turn = this.#turn.then(() => this.#settle(final, stop));
    // The caller sees a failure; the next call must run all the same.
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  /**
   * Notes that documents arrived, and writes files when enough have. The number doubles each time,
   * because laying out a scope costs time in proportion to its size.
   */
  async noteChanges(count: number, mayWrite: boolean): Promise<void> {
    this.#arrived += count;
    const isDue =
      this.#arrived >= this.#nextSettle && this.#session.now() - this.#lastSettle >= settleEveryMs;
    if (!mayWrite || !isDue) return;
    this.#arrived = 0;
    this.#nextSettle *= 2;
    await this.settle(false);
    this.#lastSettle = this.#session.now();
  }

  /** Moves files to the trash that a rebuild found and that no document claimed. */
  trashOrphans(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const { database, lock } = this.#session;
    lock.transaction(() => {
      for (const path of paths) releaseFile(database, path, 'trash');
    });
    this.#writer.sweep();
  }

  /** Removes the indexes of folders of a source that are no more, those in `kept` aside. */
  dropIndexes(source: string, kept: readonly string[]): void {
    const { database, lock } = this.#session;
    const isKept = (path: string): boolean => kept.some((folder) => path.startsWith(`${folder}/`));
    const indexes = indexesWithoutDocument(database)
      .filter(({ path }) => path.startsWith(`${source}/`) && !isKept(path))
      .filter(({ path }) => !isListed(database, dirname(path)));
    if (indexes.length === 0) return;
    lock.transaction(() => {
      for (const { path } of indexes) releaseFile(database, path, 'stale');
    });
    this.#writer.sweep();
  }

  /** At the start of a run, after the tree was looked at: what was lost is read again in this run. */
  recoverAttachments(): void {
    this.#attachments.recover();
  }

  /** What the front matter of an orphan says it is. */
  describeOrphan(path: string): { id: string; title: string; path: string } {
    const text = this.#files.text(path) ?? '';
    const read = (field: string): string => readField(text, field) ?? '';
    return { id: read('id'), title: read('title'), path };
  }

  async #settle(final: boolean, stop: () => boolean): Promise<void> {
    const { lock, database } = this.#session;
    this.#writer.sweep();
    lock.transaction(() => {
      markListers(database);
      markIncluders(this.#session);
      markContainers(this.#session);
      placeDocuments(database, final);
      placeAttachments(database);
      this.#attachments.forgetLost();
      markListers(database);
      markIncluders(this.#session);
      markContainers(this.#session);
      markOpenSummaries(this.#session);
    });
    this.#attachments.write();
    this.#writer.sweep();
    if (final) this.#attachments.clean();
    const contents = await loadFileContents(database);
    await this.#writeDocuments(contents, stop);
    if (final && !stop()) await writeIndexes(this.#session, this.#writer, contents, stop);
  }

  async #writeDocuments(contents: FileContents, stop: () => boolean): Promise<void> {
    const { database } = this.#session;
    // Made anew each time: it remembers facts of sources that may change between two calls.
    const renderer = new DocumentRenderer(database, contents);
    const total =
      database.get<{ count: number }>(
        'SELECT count(*) AS count FROM items WHERE dirty = 1 AND folder IS NOT NULL',
      )?.count ?? 0;
    let done = 0;
    for (let last = 0; !stop();) {
      const items = renderer.next(last, filesPerBatch);
      if (items.length === 0) return;
      last = items.at(-1)?.id ?? last;
      this.#writer.write(this.#wanted(items, renderer));
      done += items.length;
      this.#session.observe({ type: 'writing', done, total: Math.max(total, done) });
      await nextTurn();
    }
  }

  #wanted(items: readonly DocumentRow[], renderer: DocumentRenderer): WantedFile[] {
    const contents = renderer.renderAll(items);
    return items.map((item, index) => ({
      path: documentPath(item, item.output),
      content: contents[index] ?? '',
      role: 'document',
      item,
      owner: this.#ownerOf(item),
    }));
  }

  readonly #owners = new Map<number, { source: string; scope: string }>();

  #ownerOf({ scope }: DocumentRow): { source: string; scope: string } {
    const known = this.#owners.get(scope ?? 0);
    if (known !== undefined) return known;
    const row = this.#session.database.get<{ source: string; scope: string }>(
      'SELECT s.name AS source, c.slug AS scope FROM scopes c JOIN sources s ON s.id = c.source WHERE c.id = ?',
      scope ?? 0,
    );
    const owner = { source: row?.source ?? '', scope: row?.scope ?? '' };
    this.#owners.set(scope ?? 0, owner);
    return owner;
  }
}

function isListed(database: Session['database'], folder: string): boolean {
  return renderFolderIndex(database, folder, 'markdown').length > 0;
}

/** Indexes in whose folder no document lies; some of them still list folders below. */
function indexesWithoutDocument(database: Session['database']): { path: string }[] {
  return database.all<{ path: string }>(
    `SELECT path FROM files WHERE role = 'index' AND state = 'live' AND NOT EXISTS(
       SELECT 1 FROM items WHERE folder = rtrim(rtrim(path, replace(path, '/', '')), '/'))`,
  );
}

/** A document that includes a changed one changes too, and so on. */
function markIncluders({ database }: Session): void {
  if (
    database.get(`SELECT 1 AS one FROM links WHERE today >= 'i:' AND today < 'i;' LIMIT 1`) ===
    undefined
  )
    return;
  // By alias, the link of the name follows renames; the one of the include keeps the name that was written.
  const sql = `UPDATE items SET dirty = 1 WHERE dirty = 0 AND id IN (
    SELECT l.item FROM items b JOIN links l ON l.today = 'i:' || b.source || ':' || b.doc_id WHERE b.dirty = 1
    UNION SELECT l.item FROM items b JOIN names n ON n.item = b.id JOIN links l ON l.today = n.key
      JOIN links i ON i.item = l.item AND i.key = 'i' || substr(l.key, 2)
      WHERE b.dirty = 1 AND n.key >= 'n:' AND n.key < 'n;')`;
  while (database.run(sql) > 0);
}

/** An index shows the title of another document where the first sentence of one links to it. */
function markOpenSummaries({ database }: Session): void {
  database.run(
    `INSERT OR IGNORE INTO stale_folders(folder) SELECT DISTINCT folder FROM items
     WHERE dirty = 1 AND folder IS NOT NULL AND ${isSentenceOpen('summary')}`,
  );
}

/** A section or attachment shows in the file of the document above it. */
function markContainers({ database }: Session): void {
  const parts = `SELECT 1 AS one FROM items WHERE dirty = 1 AND placement <> 'file' LIMIT 1`;
  if (database.get(parts) === undefined) return;
  const sql = `UPDATE items SET dirty = 1 WHERE dirty = 0 AND id IN (
    SELECT p.id FROM items c JOIN items p ON p.source = c.source AND p.doc_id = c.parent
    WHERE c.dirty = 1 AND c.placement <> 'file')`;
  while (database.run(sql) > 0);
  database.run(`UPDATE items SET dirty = 0 WHERE dirty = 1 AND placement <> 'file'`);
}
