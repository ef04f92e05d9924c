import {
  type CallContext,
  type Clock,
  ConnectorError,
  type ConnectorContext,
  type Content,
  type DocumentHeader,
  type DocumentId,
  type Logger,
  type Scope,
  type ScopeEvent,
  type SourceDocument,
} from '@context-sync/core';
import { createHttp } from '@context-sync/http';
import {
  type ConfluenceSandbox,
  ConfluenceSite,
  type SandboxOptions,
  startConfluenceSandbox,
} from '@context-sync/sandbox';
import { expect, onTestFinished } from 'vitest';

import { type ConfluenceConfig, configSchema } from '../config.ts';
import { ConfluenceConnector } from '../connector.ts';
import type { ConfluenceCursor, SpaceEvent } from '../cursor.ts';

/** One space `ENG` with a homepage, and what a test adds. */
function makeSite(): ConfluenceSite {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'ENG', name: 'Engineering', homepage: { title: 'Engineering', body: '' } });
  return site;
}

/** Adds pages under the homepage. @returns their ids */
export function addPages(site: ConfluenceSite, count: number, space = 'ENG'): string[] {
  return Array.from({ length: count }, (_, index) =>
    site.addPage({ space, title: `Page ${index}`, body: `<p>Text ${index}</p>` }),
  );
}

export interface World {
  readonly sandbox: ConfluenceSandbox;
  readonly site: ConfluenceSite;
  readonly call: CallContext;
  /** Paths with their queries, in order, since the last time it was asked. */
  takeRequests(): string[];
  connect(config?: Partial<ConfluenceConfig>, credentials?: Credentials): TestConnector;
}

/** Secret values. */
interface Credentials {
  readonly token?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type TestConnector = ConfluenceConnector;

const signal = new AbortController().signal;
const nothing = (): void => undefined;
const logger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A sandbox and what connects to it; closed when the test ends. */
export async function startWorld(options: SandboxOptions = {}): Promise<World> {
  const { deployment = 'cloud' } = options;
  const sandbox = await startConfluenceSandbox({ site: makeSite(), ...options, deployment });
  onTestFinished(() => sandbox.close());
  let taken = 0;
  return {
    sandbox,
    site: sandbox.site,
    call: { signal, logger },
    takeRequests: () => {
      const fresh = sandbox.requests.slice(taken);
      taken = sandbox.requests.length;
      return fresh.map(({ path, query }) => `${path}?${decodeURIComponent(query.toString())}`);
    },
    connect: (config = {}, { token = sandbox.token, ...others } = {}) => {
      const { url: baseUrl, username } = sandbox;
      const auth = { username, token: 'env:TOKEN' };
      const read = configSchema.parse({ baseUrl, deployment, auth, spaces: ['ENG'], ...config });
      return new ConfluenceConnector(read, makeContext(token, others));
    },
  };
}

export function makeContext(
  token: string,
  { cookie, headers = {} }: Omit<Credentials, 'token'> = {},
): ConnectorContext {
  const clock = fastClock();
  const redact = (text: string): string => text.replaceAll(token, '***');
  const limits = { requestsPerSecond: 1000, retries: 1 };
  const http = createHttp({ logger, clock, redact, limits });
  onTestFinished(() => http.close());
  const named = Object.entries(headers).map(([name, value]) => [`headers.${name}`, value] as const);
  const values = { 'auth.token': token, 'auth.cookie': cookie, ...Object.fromEntries(named) };
  const secrets = { get: async (field: string) => values[field as keyof typeof values] };
  const cache = { get: async () => undefined, set: async () => undefined };
  return { contract: { major: 1, minor: 0 }, source: 'wiki', logger, http, clock, secrets, cache };
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

/** The events up to a failure, and the failure. */
export async function collectUntilFailure(
  events: AsyncIterable<SpaceEvent>,
): Promise<{ events: SpaceEvent[]; error: ConnectorError }> {
  const all: SpaceEvent[] = [];
  try {
    for await (const event of events) all.push(event);
  } catch (error) {
    if (ConnectorError.is(error)) return { events: all, error };
    throw error;
  }
  return expect.fail(`It did not fail: ${JSON.stringify(all)}`);
}

export async function readScopes(connector: TestConnector, { call }: World): Promise<Scope[]> {
  const events: ScopeEvent[] = await collect(connector.scopes(call));
  return events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []));
}

interface TestScope {
  readonly scope: Scope;
  readonly call: CallContext;
}

/** How a space is read. */
interface Run {
  readonly mode?: 'full' | 'incremental';
  readonly reconcile?: boolean;
}

/** The mirror as the engine would keep it: enough to tell what changed from run to run. */
export class Mirror {
  readonly revisions = new Map<DocumentId, string>();
  readonly documents = new Map<DocumentId, SourceDocument>();
  readonly headers = new Map<DocumentId, DocumentHeader>();
  readonly people = new Map<string, string>();
  readonly #cursors = new Map<string, ConfluenceCursor>();
  /** People by the scope whose documents mention them. */
  readonly #mentioned = new Map<string, Set<string>>();

  /** Runs one sync of every scope, without judging what was not listed. */
  async sync(world: World, connector: TestConnector, run: Run = {}): Promise<SpaceEvent[]> {
    const events: SpaceEvent[] = [];
    for (const scope of await readScopes(connector, world)) {
      for await (const event of this.run(connector, { scope, ...run, call: world.call })) {
        events.push(event);
      }
    }
    return events;
  }

  async *run(
    connector: TestConnector,
    { scope, mode = 'incremental', reconcile = false, call }: Run & TestScope,
  ): AsyncGenerator<SpaceEvent> {
    const inScope = [...this.documents.values()].filter(
      ({ metadata }) => metadata?.['space'] === scope.slug,
    );
    const known = {
      revision: (id: DocumentId) => (mode === 'full' ? undefined : this.revisions.get(id)),
      count: () => inScope.length,
      people: (which: 'unnamed' | 'all') =>
        [...this.#mentionedIn(scope)].filter((id) => which === 'all' || !this.people.has(id)),
    };
    const cursor = mode === 'full' ? undefined : this.#cursors.get(scope.id);
    const request = { scope, mode, reconcile, known, ...(cursor === undefined ? {} : { cursor }) };
    for await (const event of connector.sync(request, call)) {
      await this.#note(event, scope, call);
      yield event;
    }
  }

  #mentionedIn({ id }: Scope): Set<string> {
    const mentioned = this.#mentioned.get(id) ?? new Set();
    this.#mentioned.set(id, mentioned);
    return mentioned;
  }

  async #note(event: SpaceEvent, scope: Scope, call: CallContext): Promise<void> {
    if (event.type === 'patch') this.headers.set(event.id, event.header);
    if (event.type === 'checkpoint') this.#cursors.set(scope.id, event.cursor);
    if (event.type === 'people') {
      for (const { id, name } of event.people) this.people.set(id, name);
    }
    if (event.type !== 'upsert') return;
    const { id, revision, author } = event.document;
    const mentioned = this.#mentionedIn(scope);
    if (author?.id !== undefined) mentioned.add(author.id);
    if (this.revisions.get(id) !== revision) {
      const { markdown } = await textOf(event.document, call);
      for (const [, person] of markdown.matchAll(/ctx:user\/([^)?]+)/g)) {
        mentioned.add(decodeURIComponent(person ?? ''));
      }
    }
    this.revisions.set(id, revision);
    this.documents.set(id, event.document);
  }
}

export function documentsOf(events: readonly { readonly type: string }[]): SourceDocument[] {
  return (events as readonly SpaceEvent[]).flatMap((event) =>
    event.type === 'upsert' ? [event.document] : [],
  );
}

export async function textOf(document: SourceDocument, call: CallContext): Promise<Content> {
  return typeof document.content === 'function' ? document.content(call) : document.content;
}
