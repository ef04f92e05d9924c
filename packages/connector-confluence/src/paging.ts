import { ConnectorError, type HttpResponse } from '@context-sync/core';

import { List, RowId } from './schema.ts';

/** One page of a list, its rows not yet read. */
export interface ListPage {
  readonly rows: readonly unknown[];
  /** Where the next page starts; `undefined` at the end of the list. */
  readonly cursor: string | undefined;
}

/** More pages in sequence without a new row mean that the list leads nowhere. */
const maxIdlePages = 20;

/**
 * Walks a list to its end. A short or empty page is not the end, only a missing cursor is.
 *
 * @throws ConnectorError `transient` when the list turns in a circle
 */
export async function* walkList(
  name: string,
  read: (cursor: string | undefined) => Promise<ListPage>,
): AsyncGenerator<readonly unknown[]> {
  const cursors = new Set<string>();
  const ids = new Set<string>();
  let idlePages = 0;
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    const count = ids.size;
    for (const row of page.rows) ids.add(RowId.safeParse(row).data?.id ?? '');
    idlePages = ids.size === count ? idlePages + 1 : 0;
    cursor = page.cursor;
    if (cursor !== undefined && (cursors.has(cursor) || idlePages > maxIdlePages)) {
      throw new ConnectorError('transient', `Confluence does not come to the end of ${name}.`, {
        hint: 'Run the same command again. Nothing was removed.',
      });
    }
    if (cursor !== undefined) cursors.add(cursor);
    yield page.rows;
  } while (cursor !== undefined);
}

/**
 * Reads one page of a list. Of the link to the next page only the cursor is taken: v1 leaves `/wiki`
 * out of it, and both drop parameters (https://jira.atlassian.com/browse/CONFCLOUD-77618 and
 * https://github.com/mozilla/markfluence/tree/main/docs/confluence).
 */
export function readListPage({ body, headers }: HttpResponse, name: string): ListPage {
  const list = List.safeParse(body);
  if (!list.success) throw toUnreadable(name);
  const next = list.data._links?.next ?? linkHeader(headers['link']);
  if (next === undefined) return { rows: list.data.results, cursor: undefined };
  const cursor = new URLSearchParams(next.slice(next.indexOf('?') + 1)).get('cursor');
  if (cursor === null || cursor === '') throw toUnreadable(name);
  return { rows: list.data.results, cursor };
}

function linkHeader(link: string | undefined): string | undefined {
  return /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
}

/** An answer that is not what the service documents. */
export function toUnreadable(name: string): ConnectorError {
  return new ConnectorError(
    'transient',
    `Confluence answered for ${name} with JSON of an unexpected shape.`,
    {
      hint: 'Run the same command again; if it stays, check that auth and baseUrl name a site of Confluence.',
    },
  );
}

/**
 * The same question was answered without the cursor, so a 400 is about the cursor and not about the
 * question: cursors expire, and the scope is read anew.
 */
export function toCursorRefusal(error: unknown, name: string): unknown {
  if (!ConnectorError.is(error) || error.status !== 400) return error;
  const message = `Confluence no longer takes the place in ${name} that it gave. ${error.message}`;
  return new ConnectorError('cursor_invalid', message, {
    hint: 'Run the same command again. Nothing was removed.',
  });
}
