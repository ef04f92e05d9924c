import {
  type CallContext,
  type Clock,
  ConnectorError,
  type ConnectorContext,
  type Content,
  type DocumentId,
  type Logger,
  type Scope,
  type SourceDocument,
} from '@context-sync/core';
import { createHttp } from '@context-sync/http';
import {
  type JiraSandbox,
  type JiraSandboxOptions,
  JiraSite,
  startJiraSandbox,
} from '@context-sync/sandbox';
import { onTestFinished } from 'vitest';

import { configSchema } from '../config.ts';
import { JiraConnector } from '../connector.ts';
import type { JiraCursor, ScopeSyncEvent } from '../cursor.ts';

export interface World {
  readonly sandbox: JiraSandbox;
  readonly site: JiraSite;
  readonly call: CallContext;
  /** Method and path, in order, since the last time it was asked. */
  takeRequests(): string[];
  connect(config?: object, credentials?: { token?: string }): JiraConnector;
}

const nothing = (): void => undefined;
const logger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A site with the projects `OPS` and `WEB`, and what a test adds. */
function makeSite(): JiraSite {
  const site = new JiraSite();
  site.addProject({ key: 'OPS', name: 'Operations' });
  site.addProject({ key: 'WEB', name: 'Web site' });
  return site;
}

/** A sandbox and what connects to it; closed when the test ends. */
export async function startWorld(options: JiraSandboxOptions = {}): Promise<World> {
  const sandbox = await startJiraSandbox({ site: makeSite(), ...options });
  onTestFinished(() => sandbox.close());
  let taken = 0;
  return {
    sandbox,
    site: sandbox.site,
    call: { signal: new AbortController().signal, logger },
    takeRequests: () => {
      const fresh = sandbox.requests.slice(taken);
      taken = sandbox.requests.length;
      return fresh.map(({ method, path }) => `${method} ${path}`);
    },
    connect: (config = {}, { token = sandbox.token } = {}) => {
      const { url: baseUrl, username } = sandbox;
      const auth = { username, token: 'env:TOKEN' };
      const read = configSchema.parse({ baseUrl, auth, projects: ['OPS', 'WEB'], ...config });
      return new JiraConnector(read, makeContext(token));
    },
  };
}

function makeContext(token: string): ConnectorContext {
  const clock = fastClock();
  const redact = (text: string): string => text.replaceAll(token, '***');
  const limits = { requestsPerSecond: 1000, retries: 1 };
  const http = createHttp({ logger, clock, redact, limits });
  onTestFinished(() => http.close());
  const secrets = { get: async (field: string) => (field === 'auth.token' ? token : undefined) };
  const cache = { get: async () => undefined, set: async () => undefined };
  return { contract: { major: 1, minor: 0 }, source: 'jira', logger, http, clock, secrets, cache };
}

/** Waits of up to half a minute pass at once; time-outs are longer and stay real. */
function fastClock(): Clock {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: (ms, stop) =>
      new Promise((resolve, reject) => {
        const isWait = ms <= 39_000;
        if (isWait) skipped += ms;
        const timer = setTimeout(resolve, isWait ? 0 : ms);
        const cancel = (): void => {
          clearTimeout(timer);
          reject(new ConnectorError('cancelled', 'The wait was cancelled.'));
        };
        if (stop?.aborted === true) cancel();
        else stop?.addEventListener('abort', cancel, { once: true });
      }),
  };
}

export async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export async function readScopes(connector: JiraConnector, { call }: World): Promise<Scope[]> {
  const events = await collect(connector.scopes(call));
  return events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []));
}

/** The mirror as the engine would keep it: enough to tell what changed from run to run. */
export class Mirror {
  readonly documents = new Map<DocumentId, SourceDocument>();
  readonly people = new Map<string, string>();
  readonly #cursors = new Map<string, JiraCursor>();

  /** Runs one sync of every scope, as a new run of the engine does. */
  async sync(
    world: World,
    connector: JiraConnector,
    { reconcile = false, mode = 'incremental' as const } = {},
  ): Promise<ScopeSyncEvent[]> {
    const events: ScopeSyncEvent[] = [];
    await connector.check(world.call);
    for (const scope of await readScopes(connector, world)) {
      const known = {
        revision: (id: DocumentId) => this.documents.get(id)?.revision,
        count: () => this.documents.size,
        people: () => [],
      };
      const cursor = this.#cursors.get(scope.id);
      const request = { scope, mode, reconcile, known, ...(cursor && { cursor }) };
      for await (const event of connector.sync(request, world.call)) {
        this.#note(event, scope);
        events.push(event);
      }
    }
    return events;
  }

  #note(event: ScopeSyncEvent, scope: Scope): void {
    if (event.type === 'checkpoint') this.#cursors.set(scope.id, event.cursor);
    if (event.type === 'delete') this.documents.delete(event.id);
    if (event.type === 'upsert') this.documents.set(event.document.id, event.document);
    if (event.type === 'people') {
      for (const { id, name } of event.people) this.people.set(id, name);
    }
    if (event.type !== 'parts') return;
    for (const { id, parent } of this.documents.values()) {
      if (parent === event.of && id.includes(':') && !event.ids.includes(id)) {
        this.documents.delete(id);
      }
    }
  }
}

export async function textOf(document: SourceDocument | undefined, { call }: World): Promise<Content> {
  if (document === undefined) throw new Error('There is no such document.');
  return typeof document.content === 'function' ? document.content(call) : document.content;
}
