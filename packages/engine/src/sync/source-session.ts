import type { CallContext, Connector, ConnectorDefinition, Logger } from '@context-sync/core';

import type { Mirror } from '../mirror/settle.ts';
import type { Session } from '../state/session.ts';
import type { SourceRow } from '../state/sources.ts';
import type { Redaction } from './redaction.ts';
import type { DeleteLimit, RunnableSource } from './runnable-source.ts';

/** What the sync of one source works with. */
export interface SourceSession {
  readonly session: Session;
  readonly mirror: Mirror;
  /** The user's name for the source. */
  readonly name: string;
  /** Row id in `sources`. */
  readonly source: number;
  /** The row as it was when the run began. */
  readonly row: SourceRow;
  /** Fingerprints of the config, see `RunnableSource`. */
  readonly prints: RunnableSource['prints'];
  readonly definition: ConnectorDefinition;
  readonly connector: Connector;
  /** Fingerprint of what the stored Markdown was made with. */
  readonly render: string;
  readonly maxDelete: DeleteLimit;
  readonly reconcileEveryMs: number;
  readonly full: boolean;
  readonly reconcile: boolean;
  readonly allowDeletes: number | undefined;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** For what is stored of a connector's words. */
  readonly redaction: Redaction;
  /** A call context whose requests are counted for one scope. */
  call(scope: string): CallContext;
  sleep(ms: number): Promise<void>;
}
