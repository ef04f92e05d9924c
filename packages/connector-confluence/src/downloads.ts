import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient, FileRequest } from './client.ts';
import { isClosedWay } from './other-way.ts';

/** The bytes of attachments. One refusal of the token stands for all, so each is not asked for in vain. */
export class Downloads {
  #refusal: ConnectorError | undefined;

  /** @throws ConnectorError `permission` when the token may not download */
  async open(
    client: ConfluenceClient,
    file: FileRequest,
    call: CallContext,
  ): Promise<ReadableStream<Uint8Array>> {
    if (this.#refusal !== undefined) throw this.#refusal;
    try {
      return await client.download(file, call);
    } catch (error) {
      if (!ConnectorError.is(error) || error.status !== 401) throw error;
      if (!(await isClosedWay(client, error, call))) throw error;
      const { message, hint, status } = error;
      this.#refusal = new ConnectorError('permission', message, {
        ...(hint === undefined ? {} : { hint }),
        status,
      });
      throw this.#refusal;
    }
  }
}
