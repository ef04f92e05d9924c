import type { Connector } from '@context-sync/core';

import { EngineError } from '../engine-error.ts';
import type { Database } from '../state/database.ts';
import { findItem } from '../state/items.ts';
import { linkKey, normalizeUrl } from '../state/link-keys.ts';

/** A source that single documents may be asked of. */
export interface Candidate {
  readonly name: string;
  readonly row: number;
  readonly connector: Pick<Connector, 'resolveUrl'>;
}

/**
 * Finds whose documents are meant by ids and URLs: gives document ids by source name.
 *
 * @throws EngineError `usage` for a URL that belongs to no source, and for an unknown id that more than
 * one source could have
 */
export function assignOnly(
  database: Database,
  candidates: readonly Candidate[],
  wanted: readonly string[],
): Map<string, ReadonlySet<string>> {
  const assigned = new Map<string, Set<string>>();
  for (const text of new Set(wanted)) {
    const homes = candidates.flatMap((candidate) => {
      const id = idIn(database, candidate, text);
      return id === undefined ? [] : [{ name: candidate.name, id }];
    });
    for (const { name, id } of homes.length > 0 ? homes : [guess(candidates, text)]) {
      // The same document may be meant by its id and by its URL.
      assigned.set(name, (assigned.get(name) ?? new Set()).add(id));
    }
  }
  return assigned;
}

/**
 * The id of the document that a text means to a source, as far as it can tell offline. An alias of
 * one that is not mirrored may be a name that the service knows.
 */
function idIn(database: Database, { row, connector }: Candidate, text: string): string | undefined {
  if (findItem(database, row, text) !== undefined) return text;
  const url = normalizeUrl(text);
  if (url === undefined) return findNamed(database, row, linkKey.alias(row, text));
  const named = findNamed(database, row, linkKey.url(url));
  return named ?? connector.resolveUrl?.(new URL(text));
}

function findNamed(database: Database, source: number, key: string): string | undefined {
  return database.get<{ doc_id: string }>(
    'SELECT i.doc_id FROM names n JOIN items i ON i.id = n.item WHERE n.key = ? AND i.source = ?',
    key,
    source,
  )?.doc_id;
}

/** An id that is not mirrored yet, when only one source can have it. */
function guess(candidates: readonly Candidate[], text: string): { name: string; id: string } {
  const [first, ...others] = candidates;
  const names = candidates.map(({ name }) => name).join(', ');
  if (normalizeUrl(text) !== undefined || first === undefined) {
    throw new EngineError('usage', `No source has a document at ${text}.`, {
      hint: `The sources are: ${names}. Check the address, or the base URL in the config. One with a title and no id in it is known once its document is mirrored, as it stands in the file.`,
    });
  }
  if (others.length > 0) {
    throw new EngineError(
      'usage',
      `Nothing is mirrored under the id ${text}, and several sources could have it.`,
      {
        hint: `Name the source, e.g.: \`context-sync sync ${first.name} --only ${text}\``,
      },
    );
  }
  return { name: first.name, id: text };
}
