import { type CallContext, ConnectorError } from '@context-sync/core';

import { mapAhead } from './map-ahead.ts';
import type { OffsetReader } from './offset-reader.ts';
import type { ListPage } from './paging.ts';
import type { ContentRequest } from './requests.ts';
import { RowId, TypedRow } from './schema.ts';
import { contentExpansions, toContentRow } from './server-rows.ts';

const contents = '/rest/api/content';

export function contentPath(id: string, rest = ''): string {
  return `${contents}/${encodeURIComponent(id)}${rest}`;
}

/** What is read one by one, at once. */
const parallelReads = 4;

type IdsRequest = ContentRequest & { readonly ids: readonly string[] };

function contentQuery({ statuses, withBodies }: ContentRequest): {
  status: string;
  expand: string;
} {
  const expand = [...contentExpansions, ...(withBodies ? ['body.storage'] : [])].join(',');
  return { status: statuses.includes('trashed') ? 'any' : 'current', expand };
}

const otherKind = { page: 'blogpost', blogpost: 'page' } as const;

/** The pages and blog posts of Data Center: of a space, or by their ids. */
export class ServerContents {
  readonly #answers: OffsetReader;
  /** `undefined`: it is not known yet whether the server understands a question about ids. */
  #knowsIds: boolean | undefined;

  constructor(answers: OffsetReader) {
    this.#answers = answers;
  }

  async list(
    request: ContentRequest & { readonly spaceKey: string | undefined },
    call: CallContext,
  ): Promise<ListPage> {
    const { kind: type, ids, spaceKey, limit, cursor } = request;
    const query = { type, spaceKey, limit, ...contentQuery(request) };
    const page = await (ids === undefined
      ? this.#answers.list(`the ${type}s`, { path: contents, query }, cursor, call)
      : this.#listIds({ ...request, ids }, call));
    // With ids the type is not looked at.
    const own = page.rows.filter((row) => TypedRow.safeParse(row).data?.type !== otherKind[type]);
    return { ...page, rows: own.map(toContentRow) };
  }

  async #listIds(request: IdsRequest, call: CallContext): Promise<ListPage> {
    if (this.#knowsIds !== false) {
      const page = await this.#askForIds(request, call);
      if (page === undefined) this.#knowsIds = false;
      else if (page.rows.length > 0) this.#knowsIds = true;
      else this.#knowsIds ??= await this.#hasContents(request, call);
      if (page !== undefined && this.#knowsIds) return page;
    }
    const query = contentQuery(request);
    const rows: unknown[] = [];
    const found = mapAhead(request.ids, parallelReads, (id) =>
      this.#answers.find({ path: contentPath(id), query }, call),
    );
    for await (const row of found) rows.push(...row);
    return { rows, cursor: undefined };
  }

  /**
   * No rows for ids, which may all be gone, or the answer of a server that ignored them. When it has
   * rows for the same question without ids, it did not.
   */
  async #hasContents(request: IdsRequest, call: CallContext): Promise<true | undefined> {
    const query = { limit: 25, ...contentQuery(request) };
    const { rows } = await this.#answers.list(
      'contents',
      { path: contents, query },
      undefined,
      call,
    );
    return rows.length > 0 ? true : undefined;
  }

  /** `undefined` from older versions, which refuse the question, or answer another one. */
  async #askForIds(request: IdsRequest, call: CallContext): Promise<ListPage | undefined> {
    const { ids, limit, cursor } = request;
    const query = { ids, limit, ...contentQuery(request) };
    try {
      const page = await this.#answers.list(
        'contents by id',
        { path: contents, query },
        cursor,
        call,
      );
      const asked = new Set(ids);
      const isOther = (row: unknown): boolean => !asked.has(RowId.safeParse(row).data?.id ?? '');
      return page.rows.some(isOther) ? undefined : page;
    } catch (error) {
      if (ConnectorError.is(error) && error.status === 400) return undefined;
      throw error;
    }
  }
}
