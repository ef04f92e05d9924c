import { type CallContext, ConnectorError, type HttpRequest } from '@context-sync/core';

import { AnswerReader } from './answer-reader.ts';
import { readOffset, readOffsetPage } from './offset-paging.ts';
import type { ListPage } from './paging.ts';

/** Reads the lists of Data Center. */
export class OffsetReader extends AnswerReader {
  /** `name` is for messages. */
  async list(
    name: string,
    request: HttpRequest,
    cursor: string | undefined,
    call: CallContext,
  ): Promise<ListPage> {
    const offset = readOffset(cursor);
    const query = { ...request.query, start: offset.start };
    return readOffsetPage(await this.json({ ...request, query }, call), name, offset);
  }

  /** What is at an address; nothing when it is gone or hidden. */
  async find(request: HttpRequest, call: CallContext): Promise<unknown[]> {
    try {
      return [(await this.json(request, call)).body];
    } catch (error) {
      if (ConnectorError.is(error) && error.status === 404 && error.code === 'not_found') return [];
      throw error;
    }
  }
}
