import type { ApiRequest } from '../http/route.ts';
import { uuidOf } from '../site/id-sequence.ts';
import type { Searchable } from '../site/search-index.ts';

const limit = 100;

function listJson(results: readonly object[]): object {
  return { results, start: 0, limit, size: results.length };
}

function groupJson(name: string): object {
  const number = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 1_000_000_007, 7);
  return { type: 'group', name, id: uuidOf(String(number), 2), _links: {} };
}

/** Who may do what with it; `parts` are the lists asked for. Nobody named means everybody. */
export function restrictionJson(
  { site, baseUrl, dialect }: ApiRequest,
  item: Searchable,
  operation: 'read' | 'update',
  parts: readonly ('user' | 'group')[],
): object {
  const readers = operation === 'read' && 'readers' in item ? item.readers : undefined;
  const users = (readers?.users ?? []).flatMap((id) => site.people.find(id) ?? []);
  const lists = {
    user: () => listJson(users.map((user) => dialect.person(user, baseUrl))),
    group: () => listJson((readers?.groups ?? []).map(groupJson)),
  };
  const shown = Object.fromEntries(parts.map((part) => [part, lists[part]()]));
  const self = `${baseUrl}/rest/api/content/${item.id}/restriction/byOperation/${operation}`;
  return {
    operation,
    restrictions: { ...shown, _expandable: {} },
    _expandable: { content: `/rest/api/content/${item.id}` },
    _links: { self },
  };
}

/** The expansion `restrictions.read.restrictions.…`. */
export function readersJson(
  request: ApiRequest,
  item: Searchable,
  parts: readonly ('user' | 'group')[],
): object {
  const read = restrictionJson(request, item, 'read', parts);
  return { restrictions: { read, _expandable: { update: '' }, _links: {} } };
}
