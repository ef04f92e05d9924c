import type { Change } from '../api.ts';
import { loseBlobs, releaseOthers } from '../state/blobs.ts';
import type { ItemRow } from '../state/items.ts';
import { toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import {
  confirmFiles,
  type FileRow,
  findFiles,
  forgetFile,
  pathKey,
  reserveFiles,
} from './file-table.ts';
import type { IncomingFiles } from './incoming-files.ts';
import type { TreeFiles } from './tree-files.ts';

/** An attachment whose file may not lie where it should. */
interface PendingRow extends Pick<ItemRow, 'id' | 'doc_id' | 'title' | 'updated_at' | 'live'> {
  readonly hash: string;
  readonly size: number;
  readonly staged: string | null;
  readonly path: string | null;
  readonly source: string;
  readonly scope: string | null;
}

/** Where the bytes of an attachment are. */
type Whereabouts = 'in-place' | 'staged' | 'elsewhere' | 'lost';

const filesPerBatch = 100;

/**
 * Brings the files of attachments into their places. What lies in the wrong place is first moved to
 * the incoming files, all of it, so that names can be swapped; then each file is announced, moved in
 * and confirmed, as documents are. The database always names the place that a kill left a file in.
 */
export class AttachmentWriter {
  readonly #session: Session;
  readonly #files: TreeFiles;
  readonly #incoming: IncomingFiles;
  /** Where files were before they were lifted, by attachment. */
  readonly #from = new Map<number, string>();

  constructor(session: Session, files: TreeFiles, incoming: IncomingFiles) {
    this.#session = session;
    this.#files = files;
    this.#incoming = incoming;
  }

  /** Looks for what a kill or a user left: files nobody waits for go, bytes that are gone are noted. */
  recover(): void {
    const { database, lock } = this.#session;
    this.clean();
    lock.transaction(() => {
      const staged = this.#staged().filter(({ staged: name }) => !this.#incoming.has(name));
      database.run(
        'UPDATE blobs SET pending = 1 WHERE item IN (SELECT value FROM json_each(?))',
        JSON.stringify(staged.map(({ item }) => item)),
      );
      this.forgetLost();
    });
  }

  /** Removes incoming files that no attachment waits for; nothing may be under way. */
  clean(): void {
    if (this.#session.dryRun) return;
    this.#incoming.keepOnly(new Set(this.#staged().map(({ staged }) => staged)));
  }

  /** Marks attachments whose bytes are nowhere, so that they are read again. */
  forgetLost(): void {
    const lost = this.#pending().filter(([, where]) => where === 'lost');
    if (lost.length > 0)
      loseBlobs(
        this.#session.database,
        lost.map(([{ id }]) => id),
      );
  }

  write(): void {
    try {
      const rows = this.#liftAll(this.#pending());
      for (let at = 0; at < rows.length; at += filesPerBatch)
        this.#placeBatch(rows.slice(at, at + filesPerBatch));
    } catch (error) {
      throw toEngineError(error, this.#session.root);
    }
  }

  #staged(): { item: number; staged: string }[] {
    return this.#session.database.all('SELECT item, staged FROM blobs WHERE staged IS NOT NULL');
  }

  #pending(): [PendingRow, Whereabouts][] {
    const { database } = this.#session;
    const rows = database.all<PendingRow>(
      `SELECT i.id, i.doc_id, i.title, i.updated_at, i.live, b.hash, b.size, b.staged, b.path,
         s.name AS source, c.slug AS scope
       FROM blobs b JOIN items i ON i.id = b.item JOIN sources s ON s.id = i.source
       LEFT JOIN scopes c ON c.id = i.scope WHERE b.pending = 1 ORDER BY i.id`,
    );
    const paths = rows.flatMap(({ path, live }) => [path, live]).filter((path) => path !== null);
    const files = findFiles(database, paths);
    return rows.map((row) => [row, this.#whereabouts(row, files)]);
  }

  #whereabouts(row: PendingRow, files: ReadonlyMap<string, FileRow>): Whereabouts {
    const holds = (path: string | null): boolean => {
      const file = path === null ? undefined : files.get(pathKey(path));
      return (
        file?.item === row.id &&
        file.state === 'live' &&
        file.hash === row.hash &&
        file.path === path
      );
    };
    if (holds(row.path)) return 'in-place';
    if (row.staged !== null && (this.#session.dryRun || this.#incoming.has(row.staged)))
      return 'staged';
    return holds(row.live) ? 'elsewhere' : 'lost';
  }

  /** Moves what lies in a wrong place out of the way; gives what there is to put into place. */
  #liftAll(pending: readonly (readonly [PendingRow, Whereabouts])[]): PendingRow[] {
    const moving = pending.flatMap(([row, where]) => (where === 'elsewhere' ? [row] : []));
    for (let at = 0; at < moving.length; at += filesPerBatch)
      this.#lift(moving.slice(at, at + filesPerBatch));
    return this.#pending().map(([row]) => row);
  }

  #lift(rows: readonly PendingRow[]): void {
    const { database, lock, dryRun } = this.#session;
    const lifts = rows.map(({ id, live }) => ({
      id,
      live: live ?? '',
      staged: this.#incoming.newName(),
    }));
    lock.transaction(() => {
      for (const { id, staged } of lifts)
        database.run('UPDATE blobs SET staged = ? WHERE item = ?', staged, id);
    });
    if (!dryRun) for (const { live, staged } of lifts) this.#incoming.lift(live, staged);
    lock.transaction(() => {
      for (const { id, live } of lifts) {
        this.#from.set(id, live);
        forgetFile(database, live);
        database.run('UPDATE items SET live = NULL WHERE id = ?', id);
      }
    });
  }

  #placeBatch(rows: readonly PendingRow[]): void {
    const { database, lock, dryRun } = this.#session;
    const files = findFiles(
      database,
      rows.flatMap(({ path }) => path ?? []),
    );
    const coming = rows.flatMap((row) =>
      row.path === null || this.#whereabouts(row, files) === 'in-place'
        ? []
        : [{ ...row, path: row.path, before: files.get(pathKey(row.path)) }],
    );
    lock.transaction(() => {
      for (const { id, path, before } of coming) this.#makeWay(id, path, before);
      reserveFiles(
        database,
        coming.map((row) => ({ ...row, item: row, role: 'attachment' as const })),
      );
    });
    const placed = coming.map((row) => ({ ...row, mtimeMs: this.#mtimeOf(row) }));
    if (!dryRun) for (const file of placed) this.#put(file);
    lock.transaction(() => {
      confirmFiles(database, placed);
      for (const row of rows) this.#confirm(row);
    });
    for (const file of placed) this.#report(file);
  }

  /** Whoever is known to be at a path gives it up; its own new place is found in turn. */
  #makeWay(id: number, path: string, before: FileRow | undefined): void {
    if (before === undefined) return;
    const { database, dryRun } = this.#session;
    if (before.item !== null && before.item !== id) {
      database.run('UPDATE items SET dirty = 1 WHERE id = ?', before.item);
      database.run('UPDATE blobs SET pending = 1 WHERE item = ?', before.item);
    }
    if (before.path !== path && !dryRun) this.#files.remove(before.path);
  }

  #put({
    path,
    hash,
    staged,
    before,
    mtimeMs,
  }: PendingRow & { path: string; before: FileRow | undefined; mtimeMs: number }): void {
    if (!this.#isOurs(path, before, hash)) this.#files.keepLocalEdit(path);
    this.#incoming.place(staged ?? '', path, mtimeMs);
  }

  /** Whether what stands at a path may be replaced: nothing, what we put there, or the same bytes. */
  #isOurs(path: string, row: FileRow | undefined, expected: string): boolean {
    const stat = this.#files.stat(path);
    if (stat?.isFile() !== true) return stat === undefined;
    if (row?.hash !== null && row?.size === stat.size && row.mtime === stat.mtimeMs) return true;
    const hash = this.#files.hash(path);
    return hash === expected || (hash !== undefined && hash === row?.hash);
  }

  /** Notes that an attachment lies in its place, or waits for one; an older file of it goes. */
  #confirm({ id, path, staged }: PendingRow): void {
    const { database } = this.#session;
    releaseOthers(database, id, path);
    database.run('UPDATE items SET live = ? WHERE id = ?', path, id);
    database.run(
      'UPDATE blobs SET pending = 0, staged = ? WHERE item = ?',
      path === null ? staged : null,
      id,
    );
  }

  #mtimeOf({ updated_at: time }: PendingRow): number {
    const ms = Date.parse(time ?? '');
    return Math.floor((Number.isNaN(ms) ? this.#session.now() : ms) / 1000) * 1000;
  }

  #report({ id, doc_id, title, source, scope, live, path }: PendingRow & { path: string }): void {
    const from = this.#from.get(id) ?? live;
    const change: Change = {
      action: actionOf(from, path),
      source,
      scope: scope ?? '',
      id: doc_id,
      title,
      path,
      isAttachment: true,
      ...(from === null || from === path ? {} : { from }),
    };
    this.#session.observe({ type: 'change', change });
  }
}

function actionOf(from: string | null, path: string): Change['action'] {
  if (from === null) return 'create';
  return from === path ? 'update' : 'move';
}
