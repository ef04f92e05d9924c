import type { Clock, HttpClientOptions, Logger } from '@context-sync/core';
import type { AxiosInstance } from 'axios';

import type { Agents } from './agents.ts';
import type { HttpExchange } from './exchange.ts';
import type { Gate } from './gate.ts';
import type { Limits } from './limits.ts';
import type { Redactor } from './redactor.ts';

/** What all clients of one host object share. */
export interface Shared {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly agents: Agents;
  readonly userAgent: string;
  /** Aborts when the host is closed. */
  readonly closed: AbortSignal;
  random(): number;
  gate(origin: string, limits: Limits): Gate;
  onExchange(call: { signal: AbortSignal; logger: Logger }, exchange: HttpExchange): void;
}

/** One client: a service, its policy, and the host's mechanism. */
export interface Service {
  readonly base: URL;
  readonly limits: Limits;
  readonly policy: HttpClientOptions;
  readonly axios: AxiosInstance;
  readonly shared: Shared;
}
