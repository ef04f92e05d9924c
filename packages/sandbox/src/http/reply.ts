import { type ApiError, errorBody } from './api-error.ts';
import { jsonHeaders } from './html.ts';
import type { ApiAnswer } from './route.ts';

/** Bytes that are read in pieces, so that a big file never lies in memory as a whole. */
export interface ByteStream {
  readonly length: number;
  readonly read: () => Iterable<Uint8Array>;
}

/** What goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ByteStream;
  /** How long it asks the client to stay away. */
  readonly announcedWaitMs?: number;
}

export function answerReply(answer: ApiAnswer): Reply {
  return {
    status: answer.status ?? 200,
    headers: { ...jsonHeaders, ...answer.headers },
    body: JSON.stringify(answer.body),
  };
}

export function streamReply(mediaType: string, body: ByteStream): Reply {
  return { status: 200, headers: { 'content-type': mediaType }, body };
}

export function errorReply(path: string, error: ApiError): Reply {
  return {
    status: error.status,
    headers: jsonHeaders,
    body: JSON.stringify(errorBody(path, error)),
  };
}
