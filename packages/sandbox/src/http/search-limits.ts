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
