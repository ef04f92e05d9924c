/**
 * The most rows that one page of a search gives, whatever `limit` asks for: with bodies, with other
 * expansions, and without any. https://confluence.atlassian.com/confkb/1032258424.html
 */
export interface SearchLimits {
  readonly withBodies: number;
  readonly withExpansions: number;
  readonly plain: number;
}

export const defaultSearchLimits: SearchLimits = {
  withBodies: 100,
  withExpansions: 200,
  plain: 1000,
};

/** The same on Data Center, for every list. */
export const dataCenterLimits: SearchLimits = { withBodies: 50, withExpansions: 200, plain: 500 };

/** What one page gives at most to a request that expands these. */
export function mostRows(limits: SearchLimits, expand: readonly string[]): number {
  const names = expand.filter((name) => name !== '');
  const some = names.length > 0 ? limits.withExpansions : limits.plain;
  return names.some((name) => name.startsWith('body')) ? limits.withBodies : some;
}
