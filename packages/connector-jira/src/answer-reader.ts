import type { CallContext, HttpClient, HttpRequest, HttpResponse } from '@context-sync/core';
import type { z } from 'zod';

import { toUnreadable } from './unreadable.ts';

/** Asks for JSON, believes only what a schema has read, and sees what time the service has. */
export class AnswerReader {
  readonly #http: HttpClient;
  #startedAt: string | undefined;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** The moment of the first answer by the service's clock, or `undefined` when it told none. */
  get startedAt(): string | undefined {
    return this.#startedAt;
  }

  async json(request: HttpRequest, call: CallContext): Promise<HttpResponse> {
    const response = await this.#http.json(request, call);
    const time = Date.parse(response.headers['date'] ?? '');
    if (!Number.isNaN(time)) this.#startedAt ??= new Date(time).toISOString();
    return response;
  }

  /** `name` is for messages. */
  async read<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    request: HttpRequest,
    call: CallContext,
  ): Promise<z.output<Schema>> {
    const { body } = await this.json(request, call);
    const read = schema.safeParse(body);
    if (!read.success) throw toUnreadable(name);
    return read.data;
  }
}
