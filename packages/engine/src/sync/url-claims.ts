import type { Connector } from '@context-sync/core';

import { linkKey } from '../state/link-keys.ts';
import { touchKeys } from '../state/references.ts';
import type { Session } from '../state/session.ts';

const urlsPerBatch = 500;

/**
 * Asks a connector which of the absolute URLs in the mirror mean a document of its source. Every URL
 * is asked about once; the answers stay, so that a run of one source binds links to the others.
 */
export function claimUrls(
  session: Session,
  source: number,
  connector: Pick<Connector, 'resolveUrl'>,
): void {
  if (connector.resolveUrl === undefined) return;
  const { database, lock } = session;
  for (;;) {
    const upto =
      database.get<{ urls_upto: number }>('SELECT urls_upto FROM sources WHERE id = ?', source)
        ?.urls_upto ?? 0;
    const urls = database.all<{ id: number; url: string }>(
      'SELECT id, url FROM urls WHERE id > ? ORDER BY id LIMIT ?',
      upto,
      urlsPerBatch,
    );
    const last = urls.at(-1)?.id;
    if (last === undefined) return;
    lock.transaction(() => {
      for (const { url } of urls) claimUrl(session, source, connector, url);
      database.run('UPDATE sources SET urls_upto = ? WHERE id = ?', last, source);
    });
  }
}

function claimUrl(
  { database }: Session,
  source: number,
  connector: Pick<Connector, 'resolveUrl'>,
  url: string,
): void {
  const id = resolve(connector, url);
  if (id === undefined) return;
  database.run(
    'INSERT OR REPLACE INTO claims(url, source, doc_id) VALUES(?, ?, ?)',
    url,
    source,
    id,
  );
  touchKeys(database, [linkKey.url(url)]);
}

/** Forgets what a source claimed, e.g. because its base URL or its connector changed. */
export function forgetClaims({ database }: Session, source: number): void {
  database.run('DELETE FROM claims WHERE source = ?', source);
  database.run('UPDATE sources SET urls_upto = 0 WHERE id = ?', source);
}

/** A connector that cannot read a URL has no document there. */
function resolve(connector: Pick<Connector, 'resolveUrl'>, url: string): string | undefined {
  try {
    return connector.resolveUrl?.(new URL(url));
  } catch {
    // A fault in a pure function of a third party must not cost the run.
    return undefined;
  }
}
