import { type CallContext, ConnectorError, type Scope, type ScopeEvent } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { ConfluenceConfig } from './config.ts';
import { findNearest } from './nearest-key.ts';
import { maxRows } from './requests.ts';
import { SpaceRow } from './schema.ts';
import { encode, webUrl } from './site-urls.ts';

/** What documents need to know of their space. */
export interface Space {
  readonly id: string;
  readonly key: string;
  readonly homepageId: string | undefined;
  /** The search then knows nothing in it. */
  readonly isArchived: boolean;
}

/** A space as the engine sees it. */
function toScope(wikiUrl: string, row: SpaceRow): Scope {
  const { id, key, name, homepageId, status } = row;
  return {
    id,
    slug: key,
    title: name,
    kind: 'space',
    url: webUrl(wikiUrl, row._links?.webui ?? `/spaces/${encode(key)}`, id),
    data: {
      key,
      ...(homepageId ? { homepageId } : {}),
      ...(status === 'archived' ? { archived: true } : {}),
    },
  };
}

/** Reads back what {@link toScope} handed over. */
export function toSpace({ id, slug, data }: Scope): Space {
  const { key, homepageId, archived } = data ?? {};
  return {
    id,
    key: typeof key === 'string' ? key : slug,
    homepageId: typeof homepageId === 'string' ? homepageId : undefined,
    isArchived: archived === true,
  };
}

/** Lists the spaces that the config selects, in its order; all of them by key. */
export function listScopes(
  client: ConfluenceClient,
  { config, source }: { readonly config: ConfluenceConfig; readonly source: string },
  call: CallContext,
): AsyncGenerator<ScopeEvent> {
  const { spaces: keys, baseUrl: wikiUrl } = config;
  return keys === 'all'
    ? listAll(client, config, call)
    : listNamed(client, { keys, wikiUrl, source }, call);
}

/** Spaces that the config names. */
interface NamedSpaces {
  readonly keys: readonly string[];
  readonly wikiUrl: string;
  /** The user's name for the source. */
  readonly source: string;
}

async function* listAll(
  client: ConfluenceClient,
  config: ConfluenceConfig,
  call: CallContext,
): AsyncGenerator<ScopeEvent> {
  const status = config.includeArchived ? {} : { status: 'current' };
  const rows = await readSpaces(client, status, call);
  const selected = rows.filter(
    (row) =>
      (config.personalSpaces || row.type !== 'personal') &&
      // Filters that a service does not know it ignores without a word.
      (config.includeArchived || row.status !== 'archived'),
  );
  for (const row of selected.toSorted(byKey)) {
    yield { type: 'scope', scope: toScope(config.baseUrl, row) };
  }
  yield { type: 'complete' };
}

async function* listNamed(
  client: ConfluenceClient,
  { keys, wikiUrl, source }: NamedSpaces,
  call: CallContext,
): AsyncGenerator<ScopeEvent> {
  const rows: SpaceRow[] = [];
  for (let start = 0; start < keys.length; start += maxRows) {
    const asked = keys.slice(start, start + maxRows);
    rows.push(...(await readSpaces(client, { keys: asked }, call)));
  }
  const found = keys.map((key) => ({ key, row: rows.find((row) => isNamed(row, key)) }));
  const hasUnknown = found.some(({ row }) => row === undefined);
  const visible = hasUnknown ? await readVisibleKeys(client, call) : [];
  const given = new Set<string>();
  for (const { key, row } of found) {
    if (row === undefined) yield toUnavailable(key, visible, source);
    else if (!given.has(row.id)) yield { type: 'scope', scope: toScope(wikiUrl, row) };
    if (row !== undefined) given.add(row.id);
  }
  yield { type: 'complete' };
}

/** Keys ignore case; a space that was given another key is found by both. */
function isNamed({ key, currentActiveAlias }: SpaceRow, name: string): boolean {
  const wanted = name.toLowerCase();
  return key.toLowerCase() === wanted || currentActiveAlias?.toLowerCase() === wanted;
}

function byKey(left: SpaceRow, right: SpaceRow): number {
  return Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
}

async function readSpaces(
  client: ConfluenceClient,
  query: { keys?: readonly string[]; status?: string },
  call: CallContext,
): Promise<SpaceRow[]> {
  const spaces = new Map<string, SpaceRow>();
  for await (const rows of client.readSpaces(query, call)) {
    for (const row of rows) {
      const space = SpaceRow.safeParse(row);
      // One space that cannot be read must not look like one that is not there.
      if (!space.success) throw unreadableSpace();
      spaces.set(space.data.id, space.data);
    }
  }
  return [...spaces.values()];
}

function unreadableSpace(): ConnectorError {
  return new ConnectorError('transient', 'Confluence listed a space without id, key or name.', {
    hint: 'Run the same command again.',
  });
}

/** For the suggestion alone: the first page will do, and its failure is not worth a word. */
async function readVisibleKeys(client: ConfluenceClient, call: CallContext): Promise<string[]> {
  try {
    const { value } = await client.readSpaces({}, call).next();
    const rows: readonly unknown[] = value ?? [];
    return rows.flatMap((row) => {
      const space = SpaceRow.safeParse(row);
      return space.success ? [space.data.key] : [];
    });
  } catch (error) {
    if (call.signal.aborted) throw error;
    return [];
  }
}

function toUnavailable(key: string, visible: readonly string[], source: string): ScopeEvent {
  const nearest = findNearest(key, visible);
  const guess = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  const error = {
    code: 'config' as const,
    message: `This account sees no space with the key ${key}: it does not exist, or the account may not view it.${guess}`,
    hint: `List the keys with \`context-sync scopes ${source} --all\`, then correct "spaces" in the config or ask for access.`,
  };
  return { type: 'unavailable', slug: key, error };
}
