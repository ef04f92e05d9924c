/** A request that arrived, also one that a fault answered. */
export interface RecordedRequest {
  /** Counted from 1. */
  readonly number: number;
  /** The media server must never get credentials. */
  readonly host: 'api' | 'media';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The status sent; 0 when the connection was broken instead. */
  readonly status: number;
  /** Whether it carried an `Authorization` header, good or bad. */
  readonly hasAuthorization: boolean;
  readonly hasCookie: boolean;
}
