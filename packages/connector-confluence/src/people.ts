import type { CallContext, Known, PeopleEvent, WarningEvent } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { toBatches } from './map-ahead.ts';
import { isClosedWay } from './other-way.ts';
import { maxRows } from './requests.ts';

/** What Confluence shows for an account that it does not tell about any more. */
const former = 'Former user';

/** Account ids are at most 128 characters: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-user/ */
const accountId = /^[0-9A-Za-z:_-]{1,128}$/;

/** The names that this run has read: many spaces mention the same people. */
export class PeopleNames {
  readonly #client: ConfluenceClient;
  readonly #names = new Map<string, string>();

  constructor(client: ConfluenceClient) {
    this.#client = client;
  }

  /** Gives a name for each of the accounts, at most 250. */
  async read(ids: readonly string[], call: CallContext): Promise<{ id: string; name: string }[]> {
    const unread = ids.filter((id) => !this.#names.has(id));
    const users = unread.length === 0 ? [] : await this.#client.readUsers(unread, call);
    for (const id of unread) this.#names.set(id, former);
    for (const { accountId: id, displayName, publicName } of users) {
      this.#names.set(id, displayName || publicName || former);
    }
    return ids.map((id) => ({ id, name: this.#names.get(id) ?? former }));
  }
}

/** Reads the names of the people that a space's documents mention: of new ones, or of all again. */
export async function* readPeople(
  { client, names }: { client: ConfluenceClient; names: PeopleNames },
  { known, again }: { known: Known; again: boolean },
  call: CallContext,
): AsyncGenerator<PeopleEvent | WarningEvent> {
  const wanted = known.people(again ? 'all' : 'unnamed').filter((id) => accountId.test(id));
  try {
    for (const batch of toBatches(wanted, maxRows)) {
      yield { type: 'people', people: await names.read(batch, call) };
    }
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    const message = 'The names of people could not be read; their ids are shown instead.';
    yield { type: 'warning', code: 'people-refused', message };
  }
}
