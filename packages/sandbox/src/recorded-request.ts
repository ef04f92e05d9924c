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
  /** When it arrived, by a clock that only goes forward (`performance.now()`). */
  readonly arrivedAtMs: number;
  /** When its answer was on its way, and until when that asked the client to stay away. */
  readonly wait: { readonly fromMs: number; readonly untilMs: number } | undefined;
}

/** The requests that came while an earlier answer of the same server still asked to wait. */
export function earlyRequests(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  const waits = requests.flatMap(({ host, wait }) => (wait === undefined ? [] : { host, ...wait }));
  return requests.filter(({ host, arrivedAtMs }) =>
    waits.some(
      (wait) => host === wait.host && arrivedAtMs > wait.fromMs && arrivedAtMs < wait.untilMs,
    ),
  );
}
