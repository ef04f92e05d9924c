import { ApiError, invalidParameter } from './api-error.ts';

/** All values of a parameter that may be repeated or hold a comma-separated list. */
export function listParameter(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(',').map((part) => part.trim()));
}

/** Numeric ids; `undefined` when the parameter is absent. Confluence takes at most `max`. */
export function idsParameter(
  query: URLSearchParams,
  name: string,
  max: number,
): ReadonlySet<string> | undefined {
  if (!query.has(name)) return undefined;
  const ids = listParameter(query, name);
  const wrong = ids.find((id) => !/^\d+$/.test(id));
  if (wrong !== undefined) throw invalidParameter(name, wrong);
  if (ids.length > max) {
    const title = `A maximum of ${max} values is allowed for '${name}', got ${ids.length}.`;
    throw new ApiError(400, 'INVALID_REQUEST_PARAMETER', title);
  }
  return new Set(ids);
}

/** One of a fixed set of words, several allowed; `fallback` when the parameter is absent. */
export function wordsParameter<Word extends string>(
  query: URLSearchParams,
  name: string,
  allowed: readonly Word[],
  fallback: readonly Word[],
): readonly Word[] {
  if (!query.has(name)) return fallback;
  return listParameter(query, name).map((value) => {
    const word = allowed.find((candidate) => candidate === value);
    if (word === undefined) throw invalidParameter(name, value);
    return word;
  });
}

/** A page size: refused outside 1 to 250. */
export function limitParameter(query: URLSearchParams, fallback = 25): number {
  const value = query.get('limit') ?? String(fallback);
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 250) throw invalidParameter('limit', value);
  return limit;
}
