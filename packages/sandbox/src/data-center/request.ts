import type { Reply } from '../http/reply.ts';
import type { ApiAnswer, ApiRequest } from '../http/route.ts';

/** Where a Data Center differs from another one. */
export interface DataCenterOptions {
  /** Where it lies on its host, e.g. `/confluence`. @default '', the root */
  readonly contextPath?: string;
  /** IANA name; CQL reads dates in it. @default 'UTC' */
  readonly timeZone?: string;
  /** @default '9.2.1' */
  readonly version?: string;
  /** Whether `content?ids=` is understood; older versions list everything. @default true */
  readonly knowsIds?: boolean;
  /** Answers name the limit that was asked for, and the next page by it, though fewer rows were given. @default false */
  readonly echoesLimit?: boolean;
}

/** A request to Data Center, as handlers see it. */
export interface DataCenterRequest extends ApiRequest {
  readonly server: Required<DataCenterOptions>;
}

/** One endpoint, below the context path. */
export interface DataCenterRoute {
  readonly path: string;
  /** Answers without credentials. */
  readonly isPublic?: boolean;
  readonly answer: (request: DataCenterRequest) => ApiAnswer;
}

/** One that may send what is no JSON. */
export interface ReplyRoute extends Pick<DataCenterRoute, 'path' | 'isPublic'> {
  readonly reply: (request: DataCenterRequest) => Reply;
}
