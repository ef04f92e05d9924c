import { cleanText } from '@context-sync/markdown';

import type { ContextLink } from './link-keys.ts';

/** Which documents below another one, or at the top of a scope, a list shows. */
export interface TreeQuery {
  /** How the key of the link means what the list begins below. */
  readonly by: 'id' | 'name' | 'scope';
  /** Levels to show; `Infinity`: all. */
  readonly depth: number;
  /** Stands above the list, unless that is empty. */
  readonly heading?: string;
}

/** Which documents with certain labels a list or table shows. */
export interface LabelQuery {
  /** One of them is enough, unless `all`. */
  readonly labels: readonly string[];
  readonly all: boolean;
  readonly without: readonly string[];
  /** Slugs; empty: the whole source. */
  readonly scopes: readonly string[];
  /** Empty: all. */
  readonly kinds: readonly string[];
  /** Id of a document that they lie below. */
  readonly below?: string;
  /** Columns of a table; empty: all properties there are; absent: a list. */
  readonly properties?: readonly string[];
}

/** The query of a `ctx:children` link; a value that makes no sense counts as left out. */
export function treeQuery({ query }: ContextLink): TreeQuery {
  const by = query.get('by');
  const depth = query.get('depth');
  const heading = cleanText(query.get('heading') ?? '').text;
  return {
    by: by === 'name' || by === 'scope' ? by : 'id',
    depth: depth === 'all' ? Infinity : Math.max(1, Math.trunc(Number(depth)) || 1),
    ...(heading === '' ? {} : { heading }),
  };
}

/** The query of a `ctx:labelled` link, whose key is a list of labels. */
export function labelQuery({ key, query }: ContextLink): LabelQuery {
  const below = query.get('below');
  const properties = query.get('properties');
  return {
    labels: listOf(key),
    all: query.get('match') === 'all',
    without: listOf(query.get('without')),
    scopes: listOf(query.get('scope')),
    kinds: listOf(query.get('kind')),
    ...(below === null || below === '' ? {} : { below }),
    ...(properties === null ? {} : { properties: properties === '*' ? [] : listOf(properties) }),
  };
}

/** The parts of a list with commas; a comma within a part is percent-encoded once more. */
function listOf(text: string | null): string[] {
  const parts = (text ?? '').split(',').filter((part) => part !== '');
  return [...new Set(parts.map(decode))];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not percent-encoded: it is meant as it stands.
    return part;
  }
}
