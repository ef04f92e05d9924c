import { type CallContext, ConnectorError, type Known } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import type { ScopeSyncEvent } from './cursor.ts';
import { toBatches } from './map-ahead.ts';
import { maxUsers } from './requests.ts';
import type { Comment, IssueRow, User } from './schema.ts';

/** The names that this run has seen: issues bring those of the people on them. */
export class PeopleNames {
  readonly #names = new Map<string, string>();

  /** The people whose names are new in this run. */
  note(users: readonly (User | null | undefined)[]): { id: string; name: string }[] {
    const fresh = new Map<string, string>();
    for (const user of users) {
      if (!user?.id || this.#names.get(user.id) === user.name) continue;
      this.#names.set(user.id, user.name);
      fresh.set(user.id, user.name);
    }
    return [...fresh].map(([id, name]) => ({ id, name }));
  }

  has(id: string): boolean {
    return this.#names.has(id);
  }
}

/** Everybody whom an issue names with it. */
export function peopleOf(
  { fields }: IssueRow,
  comments: readonly Comment[],
): (User | null | undefined)[] {
  const parts = [...comments, ...(fields.attachment ?? [])];
  return [fields.assignee, fields.reporter, ...parts.map(({ author }) => author)];
}

/** Reads the names of the people whom a scope's documents mention: of new ones, or of all again. */
export async function* readPeople(
  { client, names }: { readonly client: JiraClient; readonly names: PeopleNames },
  { known, again }: { known: Known; again: boolean },
  call: CallContext,
): AsyncGenerator<ScopeSyncEvent> {
  const wanted = known.people(again ? 'all' : 'unnamed').filter((id) => !names.has(id));
  try {
    for (const batch of toBatches(wanted, maxUsers)) {
      const people = names.note(await client.readUsers(batch, call));
      if (people.length > 0) yield { type: 'people', people };
    }
  } catch (error) {
    if (!isClosed(error)) throw error;
    const message = 'The names of people could not be read; their ids are shown instead.';
    yield { type: 'warning', code: 'people-refused', message };
  }
}

/** The account may read issues and not people: that stops nothing. */
function isClosed(error: unknown): boolean {
  return ConnectorError.is(error) && (error.code === 'permission' || error.status === 401);
}
