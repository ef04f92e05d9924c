import type { Change } from '../api.ts';
import type { Database } from '../state/database.ts';
import type { ItemRow } from '../state/items.ts';
import { toEngineError } from '../state/open-database.ts';
import type { Session } from '../state/session.ts';
import {
  confirmFiles,
  type FileRow,
  findFiles,
  forgetFile,
  pathKey,
  pendingFiles,
  releaseOtherFiles,
  reserveFiles,
} from './file-table.ts';
import { hashBytes, type TreeFiles } from './tree-files.ts';

/** A file as it should be. */
export interface WantedFile {
  readonly path: string;
  readonly content: string;
  readonly role: FileRow['role'];
  /** The document it is of; `null` for an index. */
  readonly item: Pick<ItemRow, 'id' | 'live' | 'updated_at' | 'doc_id' | 'title'> | null;
  /** Where the change is reported to; absent for an index. */
  readonly owner?: { readonly source: string; readonly scope: string };
}

interface Reserved extends WantedFile {
  readonly bytes: Buffer;
  readonly hash: string;
  /** Time of last change that the file gets, in milliseconds, on a full second. */
  readonly mtimeMs: number;
  /** What was known of the path before. */
  readonly before: FileRow | undefined;
}

/**
 * Brings files into their places: announce them in the database, write them, confirm them. After a
 * kill at any point `recoverTree` finds in the announcements what is left to do.
 */
export class TreeWriter {
  readonly #session: Session;
  readonly #files: TreeFiles;
  /** Documents whose change was reported: one that is written twice in a run changed once. */
  readonly #reported = new Set<number>();

  constructor(session: Session, files: TreeFiles) {
    this.#session = session;
    this.#files = files;
  }

  /** Writes what differs; gives how many files that were. */
  write(wanted: readonly WantedFile[]): number {
    try {
      const reserved = this.#reserve(this.#findOutdated(wanted));
      if (!this.#session.dryRun) for (const file of reserved) this.#put(file);
      this.#confirm(wanted, reserved);
      this.sweep();
      return reserved.length;
    } catch (error) {
      throw toEngineError(error, this.#session.root);
    }
  }

  #findOutdated(wanted: readonly WantedFile[]): Reserved[] {
    const rows = findFiles(
      this.#session.database,
      wanted.map(({ path }) => path),
    );
    return wanted.flatMap((file) => {
      const bytes = Buffer.from(file.content);
      const hash = hashBytes(bytes);
      const before = rows.get(pathKey(file.path));
      if (isInPlace(file, before, hash)) return [];
      return [{ ...file, bytes, hash, mtimeMs: this.#mtimeOf(file), before }];
    });
  }

  #reserve(files: readonly Reserved[]): readonly Reserved[] {
    if (files.length === 0) return files;
    const { database, lock, dryRun } = this.#session;
    lock.transaction(() => {
      for (const { path, item, before } of files) {
        if (before === undefined) continue;
        if (before.item !== null && before.item !== item?.id) {
          // Its place is taken by a document that belongs here; its own new place is written in turn.
          database.run('UPDATE items SET dirty = 1 WHERE id = ?', before.item);
        }
        if (before.path !== path && !dryRun) this.#files.remove(before.path);
      }
      reserveFiles(database, files);
    });
    return files;
  }

  #put(file: Reserved): void {
    if (this.#isThere(file)) return;
    if (!this.#isOurs(file.path, file.before, file.hash)) this.#files.keepLocalEdit(file.path);
    this.#files.write(file.path, file.bytes, file.mtimeMs / 1000);
  }

  /** The content is in its place already, from before the database was rebuilt. */
  #isThere({ path, before, hash }: Reserved): boolean {
    if (
      before?.state !== 'live' ||
      before.item !== null ||
      (before.hash !== null && before.hash !== hash) ||
      before.path !== path
    )
      return false;
    return this.#files.hash(path) === hash;
  }

  /** Whether what stands at a path may be replaced: nothing, or what we wrote and nobody changed. */
  #isOurs(path: string, row: FileRow | undefined, expected?: string): boolean {
    const stat = this.#files.stat(path);
    if (stat === undefined) return true;
    if (!stat.isFile()) return false;
    if (row?.hash !== null && row?.size === stat.size && row.mtime === stat.mtimeMs) return true;
    const hash = this.#files.hash(path);
    return hash !== undefined && (hash === row?.hash || hash === row?.expect || hash === expected);
  }

  #mtimeOf({ item }: WantedFile): number {
    const time =
      item?.updated_at === null || item === null ? Number.NaN : Date.parse(item.updated_at);
    return Math.floor((Number.isNaN(time) ? this.#session.now() : time) / 1000) * 1000;
  }

  #confirm(wanted: readonly WantedFile[], reserved: readonly Reserved[]): void {
    const { database, lock } = this.#session;
    lock.transaction(() => {
      confirmFiles(
        database,
        reserved.map(({ path, bytes, mtimeMs }) => ({ path, size: bytes.length, mtimeMs })),
      );
      storeLive(database, wanted);
      releaseOtherFiles(
        database,
        wanted.flatMap(({ item, path }) => (item === null ? [] : [{ item: item.id, path }])),
      );
    });
    for (const file of reserved) this.#report(file);
  }

  #report({ item, path, owner }: Reserved): void {
    if (item === null || owner === undefined || this.#reported.has(item.id)) return;
    this.#reported.add(item.id);
    const action = changeOf(item.live, path);
    const change: Change = { action, ...owner, id: item.doc_id, title: item.title, path };
    const moved = action === 'move' && item.live !== null ? { ...change, from: item.live } : change;
    this.#session.observe({ type: 'change', change: moved });
  }

  /** Removes the files of ours that no document owns any more. */
  sweep(): void {
    const { database, lock, dryRun } = this.#session;
    const pending = pendingFiles(database).filter(({ state }) => state !== 'reserved');
    if (pending.length === 0) return;
    if (!dryRun) for (const row of pending) this.#removeFile(row);
    lock.transaction(() => {
      for (const { path } of pending) forgetFile(database, path);
    });
  }

  #removeFile(row: FileRow): void {
    if (row.state === 'purge') this.#files.purge(row.path);
    else if (row.state === 'trash') this.#files.trash(row.path);
    else if (this.#isOurs(row.path, row)) this.#files.remove(row.path);
    else this.#files.keepLocalEdit(row.path);
  }
}

/** Notes that the files of documents are as they should be, and where. */
function storeLive(database: Database, wanted: readonly WantedFile[]): void {
  const places = wanted.flatMap(({ item, path }) => (item === null ? [] : [[item.id, path]]));
  if (places.length === 0) return;
  database.run(
    `UPDATE items SET dirty = 0, live = given.value ->> 1
     FROM json_each(?) AS given WHERE items.id = given.value ->> 0`,
    JSON.stringify(places),
  );
}

function isInPlace(file: WantedFile, row: FileRow | undefined, hash: string): boolean {
  if (row === undefined || row.state !== 'live' || row.hash !== hash || row.path !== file.path)
    return false;
  return file.item === null
    ? row.item === null
    : row.item === file.item.id && file.item.live === file.path;
}

function changeOf(live: string | null, path: string): Change['action'] {
  if (live === null) return 'create';
  return live === path ? 'update' : 'move';
}
