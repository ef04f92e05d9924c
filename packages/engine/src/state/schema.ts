/** Marks our databases, so that a foreign SQLite file is refused: "CTXS". */
export const applicationId = 0x43545853;

/**
 * The tables. Documents (`items`), who lists them (`members`) and what they say (`bodies`) are the
 * truth; the tree on disk is made from them, and `files` tells what of it is really there.
 *
 * Link keys name what a document depends on or can be found by: `d:<source>:<id>` a document,
 * `n:<source>:<alias>` an alias, `w:<url>` an absolute URL, `u:<source>:<id>` a person,
 * `c:<source>:<id>` a list of children, `i:<source>:<id>` an included document, `a:<source>:<key>` an
 * attachment by its id or an alias, `t:<source>` where its documents lie and what they are called,
 * `l:<source>:<label>` the documents with a label.
 */
export const tables = `
-- The one writer. Every transaction of a run checks that the row is still its own.
CREATE TABLE lock(one INTEGER PRIMARY KEY CHECK(one = 1), token TEXT NOT NULL, pid INTEGER NOT NULL,
  host TEXT NOT NULL, since INTEGER NOT NULL, beat INTEGER NOT NULL);

-- Of the version that made the files; see rendering.ts.
CREATE TABLE rendering(one INTEGER PRIMARY KEY CHECK(one = 1), number INTEGER NOT NULL);

CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, type TEXT NOT NULL,
  position INTEGER NOT NULL,
  output TEXT NOT NULL DEFAULT 'markdown',     -- markdown | html: what its files are written as
  identity TEXT, identity_label TEXT, scope_print TEXT,
  identity_print TEXT, facts TEXT NOT NULL DEFAULT '{}', kinds TEXT NOT NULL DEFAULT '{}',
  index_options TEXT NOT NULL DEFAULT '{}', urls_upto INTEGER NOT NULL DEFAULT 0,
  assets_stale INTEGER NOT NULL DEFAULT 0);    -- 1: the places of its attachments must be made again

CREATE TABLE scopes(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  scope_id TEXT NOT NULL, slug TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, url TEXT,
  data TEXT, position INTEGER NOT NULL, folder TEXT,
  state TEXT NOT NULL DEFAULT 'active',        -- active | unavailable
  missing_runs INTEGER NOT NULL DEFAULT 0, missing_since INTEGER,
  cursor TEXT, cursor_version INTEGER, generation INTEGER NOT NULL DEFAULT 0,
  resuming INTEGER NOT NULL DEFAULT 0,         -- 1: a pass was cut off after a checkpoint
  layout_stale INTEGER NOT NULL DEFAULT 0,
  last_sync INTEGER, last_reconcile INTEGER, withheld INTEGER NOT NULL DEFAULT 0,
  UNIQUE(source, scope_id));

CREATE TABLE items(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  doc_id TEXT NOT NULL, scope INTEGER,         -- the scope whose folder it lies in
  kind TEXT NOT NULL, placement TEXT NOT NULL, -- file | section | attachment
  parent TEXT, title TEXT NOT NULL, slug TEXT, position REAL, url TEXT, updated_at TEXT,
  header TEXT NOT NULL,                        -- the rest of the header, JSON
  revision TEXT, render TEXT NOT NULL,         -- NULL, or another render: read the content again
  summary TEXT NOT NULL DEFAULT '', base TEXT NOT NULL,
  folder TEXT, name TEXT,                      -- where it should lie
  live TEXT,                                   -- where its file is
  dirty INTEGER NOT NULL DEFAULT 1,
  UNIQUE(source, doc_id));
CREATE INDEX items_parent ON items(source, parent) WHERE parent IS NOT NULL;
CREATE INDEX items_scope ON items(scope, placement);
CREATE INDEX items_folder ON items(folder, name);
CREATE INDEX items_dirty ON items(id) WHERE dirty = 1;

CREATE TABLE members(scope INTEGER NOT NULL REFERENCES scopes ON DELETE CASCADE,
  item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, seen INTEGER NOT NULL,
  missing INTEGER,                             -- the generation that missed it first
  PRIMARY KEY(scope, item)) WITHOUT ROWID;
CREATE INDEX members_item ON members(item);

CREATE TABLE bodies(item INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
  metadata TEXT, markdown TEXT NOT NULL, fragments TEXT, lossy TEXT);

-- The bytes of downloaded attachments.
CREATE TABLE blobs(item INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
  hash TEXT NOT NULL, size INTEGER NOT NULL,
  staged TEXT,                                 -- its file in the incoming folder, on its way to a place
  path TEXT,                                   -- where it should lie; NULL: its page has no place
  pending INTEGER NOT NULL DEFAULT 1);         -- 1: it may not lie there yet
CREATE INDEX blobs_pending ON blobs(item) WHERE pending = 1;
CREATE INDEX blobs_staged ON blobs(item) WHERE staged IS NOT NULL;

-- The labels of documents that have a file of their own.
CREATE TABLE labels(item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, label TEXT NOT NULL,
  source INTEGER NOT NULL, PRIMARY KEY(item, label)) WITHOUT ROWID;
CREATE INDEX labels_label ON labels(source, label);

-- The alias and URL keys a document is found by.
CREATE TABLE names(key TEXT NOT NULL, item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
  PRIMARY KEY(key, item)) WITHOUT ROWID;
CREATE INDEX names_item ON names(item);

-- What a document's file depends on: the key as its text has it, and what that is called today.
-- target: the document that held the alias at the end of a run that saw all names; a rename of it moves
-- the link. NULL: the text is newer than the names, or nobody is called so.
CREATE TABLE links(item INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, key TEXT NOT NULL,
  today TEXT NOT NULL, target INTEGER, PRIMARY KEY(item, key)) WITHOUT ROWID;
CREATE INDEX links_today ON links(today);
-- By item, so that what a run adds lies together: by name, each link would touch another page.
CREATE INDEX links_open ON links(item) WHERE target IS NULL AND today >= 'n:' AND today < 'n;';

-- Absolute URLs seen in documents, and the document each one means to a source.
CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT UNIQUE NOT NULL);
CREATE TABLE claims(url TEXT NOT NULL, source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  doc_id TEXT NOT NULL, PRIMARY KEY(url, source)) WITHOUT ROWID;
CREATE INDEX claims_doc ON claims(source, doc_id);

CREATE TABLE people(source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, id TEXT NOT NULL,
  name TEXT NOT NULL, PRIMARY KEY(source, id)) WITHOUT ROWID;

CREATE TABLE files(key TEXT PRIMARY KEY,       -- the path, case-folded: one owner on any file system
  path TEXT NOT NULL, item INTEGER, role TEXT NOT NULL,  -- document | index | attachment
  state TEXT NOT NULL,                         -- reserved | live | stale | trash | purge
  hash TEXT, expect TEXT, size INTEGER, mtime INTEGER) WITHOUT ROWID;
CREATE INDEX files_item ON files(item) WHERE item IS NOT NULL;
CREATE INDEX files_pending ON files(state) WHERE state <> 'live';
CREATE TABLE stale_folders(folder TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE listings(scope INTEGER NOT NULL REFERENCES scopes ON DELETE CASCADE,
  kind TEXT NOT NULL,                          -- '' stands for all kinds
  generation INTEGER NOT NULL, complete INTEGER NOT NULL, weak INTEGER NOT NULL,
  PRIMARY KEY(scope, kind)) WITHOUT ROWID;

CREATE TABLE failures(source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  scope INTEGER NOT NULL, doc_id TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
  tries INTEGER NOT NULL, next_try INTEGER NOT NULL, first_at INTEGER NOT NULL,
  PRIMARY KEY(source, doc_id)) WITHOUT ROWID;

CREATE TABLE runs(id TEXT PRIMARY KEY, started INTEGER NOT NULL, ended INTEGER, outcome TEXT) WITHOUT ROWID;

CREATE TABLE cache(source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE, key TEXT NOT NULL,
  value TEXT NOT NULL, expires INTEGER, PRIMARY KEY(source, key)) WITHOUT ROWID;
`;
