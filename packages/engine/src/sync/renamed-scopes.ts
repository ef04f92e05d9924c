import { ConnectorError } from '@context-sync/core';

import { listScopeRows } from '../state/sources.ts';
import { cleanLine } from './document-text.ts';
import type { ListedScopes } from './source-scopes.ts';
import type { SourceSession } from './source-session.ts';

/**
 * Looks for scopes that the config names and the mirror knows, but the service does not find: it may
 * have them under another key. Their errors then tell that key.
 */
export async function explainRenamed(
  source: SourceSession,
  { listed, unavailable }: ListedScopes,
): Promise<ListedScopes> {
  const named = new Set(unavailable.map(({ scope }) => scope));
  const lost = listScopeRows(source.session.database, source.row.id).filter(
    ({ slug, scope_id }) => named.has(slug) && !listed.some(({ id }) => id === scope_id),
  );
  if (lost.length === 0) return { listed, unavailable };
  const slugs = await readSlugs(source, new Set(lost.map(({ scope_id }) => scope_id)));
  const explained = unavailable.map((each) => {
    const id = lost.find(({ slug }) => slug === each.scope)?.scope_id;
    const slug = slugs.get(id ?? '');
    return slug === undefined || slug === each.scope ? each : renamed(each.scope, slug);
  });
  return { listed, unavailable: explained };
}

/** The present names of scopes by id, as far as the service lists them; one that fails tells none. */
async function readSlugs(
  source: SourceSession,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const slugs = new Map<string, string>();
  try {
    for await (const event of source.connector.scopes(source.call(''), { all: true })) {
      if (event.type !== 'scope' || !ids.has(event.scope.id)) continue;
      slugs.set(event.scope.id, cleanLine(event.scope.slug));
    }
  } catch (error) {
    // It is only about the words of an error that is told anyway.
    if (!ConnectorError.is(error) || source.signal.aborted) throw error;
  }
  return slugs;
}

function renamed(before: string, now: string): ListedScopes['unavailable'][number] {
  const error = {
    code: 'config' as const,
    message: `${before} is called ${now} now; the mirror still has it as ${before}.`,
    hint: `Write ${now} in place of ${before} in the config. Until then nothing of it is read, and nothing removed.`,
  };
  return { scope: before, error };
}
