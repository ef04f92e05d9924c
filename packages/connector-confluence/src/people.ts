import type { CallContext, Known } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import type { SpaceEvent } from './cursor.ts';
import { toBatches } from './map-ahead.ts';
import { isClosedWay } from './other-way.ts';
import { maxRows } from './requests.ts';

/** What Confluence shows for an account that it does not tell about any more. */
const former = 'Former user';

/** Account ids are at most 128 characters: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-user/ */
const accountId = /^[0-9A-Za-z:_-]{1,128}$/;

/** Reads the names of the people that a space's documents mention: of new ones, or of all again. */
export async function* readPeople(
  client: ConfluenceClient,
  { known, again }: { known: Known; again: boolean },
  call: CallContext,
): AsyncGenerator<SpaceEvent> {
  const wanted = known.people(again ? 'all' : 'unnamed').filter((id) => accountId.test(id));
  try {
    for (const batch of toBatches(wanted, maxRows)) {
      const users = await client.readUsers(batch, call);
      const names = new Map(
        users.map((user) => [user.accountId, user.displayName || user.publicName || former]),
      );
      const people = batch.map((id) => ({ id, name: names.get(id) ?? former }));
      yield { type: 'people', people };
    }
  } catch (error) {
    if (!(await isClosedWay(client, error, call))) throw error;
    const message = 'The names of people could not be read; their ids are shown instead.';
    yield { type: 'warning', code: 'people-refused', message };
  }
}
