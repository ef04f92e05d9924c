import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { walkList } from './paging.ts';
import type { Part, PartKind } from './parts.ts';
import { type ContentReference, type PartHolder, type PartList, maxRows } from './requests.ts';
import { RowId } from './schema.ts';

/** A list of what lies under one page or comment. */
interface OpenList {
  readonly list: PartList;
  readonly of: PartHolder;
}

/**
 * Reads the parts of one page or post, replies included. For archived ones, which the search does not know:
 * each costs a request for each list, one for each comment, and two more for each that was edited.
 */
export async function* readPartsOfPage(
  client: ConfluenceClient,
  { kind, content }: { kind: PartKind; content: ContentReference },
  call: CallContext,
): AsyncGenerator<Part | undefined> {
  const open: OpenList[] = kind.lists.map((list) => ({ list, of: content }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { list, of } = next;
    const walk = walkList(`the ${list} of ${of.kind} ${of.id}`, (cursor) =>
      client.listParts({ list, of, limit: maxRows, cursor }, call),
    );
    for await (const rows of walk) {
      for (const row of rows) {
        const part = kind.fromRow(list, row, client);
        yield part?.isPartial === true ? await complete(part, kind, client, call) : part;
        const { data } = RowId.safeParse(row);
        if (data !== undefined && list !== 'attachments') {
          const answered = list === 'inline-comments' ? 'inline-comment' : 'footer-comment';
          open.push({ list, of: { kind: answered, id: data.id } });
        }
      }
    }
  }
}

/** The same part with all that is known of it; one that went meanwhile is left as it was listed. */
async function complete(
  part: Part,
  kind: PartKind,
  client: ConfluenceClient,
  call: CallContext,
): Promise<Part> {
  try {
    return (await kind.find(part.id, client, call))?.part ?? part;
  } catch (error) {
    if (ConnectorError.is(error) && error.code === 'not_found') return part;
    throw error;
  }
}
