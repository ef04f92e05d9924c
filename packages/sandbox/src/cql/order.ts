import type { Searchable } from '../site/search-index.ts';

export type OrderField = (item: Searchable) => string;

export function titleOf(item: Searchable): string {
  return item.kind === 'comment' ? '' : item.title;
}

/** What `order by` knows; one field at a time. */
export const orderFields: Readonly<Record<string, OrderField>> = {
  lastmodified: (item) => item.version.createdAt,
  created: (item) => item.createdAt,
  title: (item) => titleOf(item).toLowerCase(),
  id: () => '',
};
