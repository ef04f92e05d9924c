import type { ConnectorDefinition, ErrorShape, HttpLimits } from '@context-sync/core';

import type { OutputFormat } from '../output-format.ts';

/** Deletions by absence beyond both are withheld. */
export interface DeleteLimit {
  readonly count: number;
  /** Share of the documents of a scope, 0 to 1. */
  readonly share: number;
}

/** Guard against deletions by absence: both must be passed. */
export const defaultDeleteLimit: DeleteLimit = { count: 10, share: 0.25 };

/** A source of the config whose connector was loaded and whose config its schema has read. */
export interface RunnableSource {
  readonly name: string;
  readonly definition: ConnectorDefinition;
  readonly config: unknown;
  /** Fingerprints of the config by what changing it forces; see `ConfigEffect`. */
  readonly prints: { readonly scope: string; readonly render: string; readonly identity: string };
  /** The value behind a secret field. */
  secret(field: string): Promise<string | undefined>;
  readonly limits?: HttpLimits;
  readonly maxDelete?: DeleteLimit;
  readonly reconcileEveryMs?: number;
  /** Read everything again in each run. */
  readonly full?: boolean;
  /**
   * `process`: a killed process loses nothing. `power`: nor does a power cut, at about a millisecond
   * for each file written. @default 'process'
   */
  readonly durability?: 'process' | 'power';
  /** What its files are written as. @default 'markdown' */
  readonly output?: OutputFormat;
}

/** A source of the config that cannot run: its connector is missing or broken, or its config wrong. */
export interface BrokenSource {
  readonly name: string;
  readonly type: string;
  readonly error: ErrorShape;
}

/** What a run reaches the network with. */
export interface NetworkOptions {
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly no?: string };
  /** Extra CA certificates, PEM. */
  readonly ca?: readonly string[];
}

/** Time, so that tests need not wait. */
export interface EngineClock {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
