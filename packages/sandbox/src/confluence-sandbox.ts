import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { identify } from './access/identify.ts';
import type { Principal } from './access/principal.ts';
import { answerDataCenter, withoutWords } from './data-center/answer.ts';
import { deploymentOf } from './data-center/deployment.ts';
import { usernameOf } from './data-center/people.ts';
import type { DataCenterOptions } from './data-center/request.ts';
import type { FaultPlan } from './faults/fault.ts';
import { FaultSchedule } from './faults/schedule.ts';
import { answer } from './http/answer.ts';
import { deliver } from './http/delivery.ts';
import { readPosted } from './http/posted.ts';
import type { Reply } from './http/reply.ts';
import { dataCenterLimits, defaultSearchLimits, type SearchLimits } from './http/search-limits.ts';
import { startLocalServer } from './local-server.ts';
import { answerMedia } from './media/media-answer.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { cloudId } from './resources/tenant.ts';
import { sampleCompany } from './samples/sample-company.ts';
import type { ConfluenceSite } from './site/confluence-site.ts';

type Credentials = { readonly username: string; readonly token: string } | readonly Principal[];

export interface SandboxOptions {
  /** @default 'cloud' */
  readonly deployment?: 'cloud' | 'data-center';
  /** Of a Data Center. */
  readonly dataCenter?: DataCenterOptions;
  /** @default sampleCompany() */
  readonly site?: ConfluenceSite;
  /** @default 0, any free port */
  readonly port?: number;
  /** Time that passes before each answer, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  /** One pair that opens everything, or a list of whom to let in. @default the site's account */
  readonly credentials?: Credentials;
  /** @default none */
  readonly faults?: FaultPlan;
  /** The most rows on one page of a search. */
  readonly searchLimits?: Partial<SearchLimits>;
}

export interface ConfluenceSandbox {
  /** What a user would configure as base URL: `http://127.0.0.1:PORT/wiki`; of a Data Center its own. */
  readonly url: string;
  /** Cloud: the same site as seen through the gateway, `…/ex/confluence/{cloudId}/wiki`. */
  readonly gatewayUrl: string;
  /** `http://127.0.0.1:PORT` of the media server, which sends the bytes of attachments. */
  readonly mediaUrl: string;
  /** The first pair of name and token among the principals. */
  readonly username: string;
  readonly token: string;
  /** Whom it lets in. Replace it at any time, to narrow or revoke. */
  principals: readonly Principal[];
  /** Change it at any time; the next answer shows it. */
  readonly site: ConfluenceSite;
  /** Those of both servers, in the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Replace it at any time. */
  faults: FaultPlan;
  close(): Promise<void>;
}

/** What serves the requests of one sandbox. */
interface World {
  readonly sandbox: ConfluenceSandbox & { readonly requests: RecordedRequest[] };
  readonly schedule: FaultSchedule;
  readonly latencyMs: number;
  readonly searchLimits: SearchLimits;
  /** `undefined`: Cloud. */
  readonly server: Required<DataCenterOptions> | undefined;
  count: number;
}

/**
 * Starts a look-alike of Confluence Cloud on 127.0.0.1, with its media server on another port; or one
 * of Data Center, where names and passwords and tokens hold alike.
 */
export async function startConfluenceSandbox(
  options: SandboxOptions = {},
): Promise<ConfluenceSandbox> {
  const site = options.site ?? sampleCompany();
  const isCloud = options.deployment !== 'data-center';
  const accountName = isCloud ? site.account.email : usernameOf(site.account);
  const given = options.credentials ?? { username: accountName, token: 'sandbox-token' };
  const principals = toPrincipals(given, options.deployment);
  const api = await startLocalServer(options.port ?? 0);
  const media = await startLocalServer(0);
  const requests: RecordedRequest[] = [];
  const close = async (): Promise<void> => {
    await Promise.all([api.close(), media.close()]);
  };
  const gatewayUrl = `${api.origin}/ex/confluence/${cloudId}/wiki`;
  const server = deploymentOf(options);
  const path = server?.contextPath ?? '/wiki';
  const addresses = { url: api.origin + path, gatewayUrl, mediaUrl: media.origin };
  const faults = options.faults ?? [];
  const named = principals.map(({ credential }) => credential).find((one) => 'username' in one);
  const { username, token } = named ?? { username: '', token: '' };
  const sandbox = { ...addresses, username, token, principals, site, requests, faults, close };
  const world: World = {
    sandbox,
    schedule: new FaultSchedule(),
    latencyMs: options.latencyMs ?? 0,
    searchLimits: {
      ...(server === undefined ? defaultSearchLimits : dataCenterLimits),
      ...options.searchLimits,
    },
    server,
    count: 0,
  };
  for (const [server, host] of [
    [api.server, 'api'],
    [media.server, 'media'],
  ] as const) {
    server.on('request', (incoming, outgoing) => {
      const work = serve(world, host, incoming, outgoing);
      work.catch((error: unknown) => outgoing.destroy(new Error('No answer', { cause: error })));
    });
  }
  return sandbox;
}

/** The one pair of the simple form is good everywhere; on Data Center its token is, alone. */
function toPrincipals(
  given: Credentials,
  deployment: SandboxOptions['deployment'],
): readonly Principal[] {
  if (!('token' in given)) return given;
  const pair: Principal = { credential: { kind: 'basic', ...given }, hosts: ['site', 'gateway'] };
  if (deployment !== 'data-center') return [pair];
  return [pair, { credential: { kind: 'bearer', token: given.token } }];
}

async function serve(
  world: World,
  host: RecordedRequest['host'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const arrivedAtMs = performance.now();
  const { sandbox, searchLimits, latencyMs, server } = world;
  world.count += 1;
  const number = world.count;
  const target = incoming.url ?? '/';
  const { pathname: path, searchParams: query } = new URL(target, sandbox.url);
  const faults = world.schedule.due(sandbox.faults, { number, target, query });
  const posted = await readPosted(incoming);
  const { authorization, cookie } = incoming.headers;
  const { site, url: baseUrl, mediaUrl } = sandbox;
  const method = incoming.method ?? 'GET';
  const principal = identify(sandbox.principals, incoming.headers);
  const asked = { site, baseUrl, mediaUrl, searchLimits, method, path, query, posted };
  const carried = { authorization: authorization !== undefined, cookie: cookie !== undefined };
  const incomingOf = { ...asked, principal, faults };
  const answerApi = (): Reply =>
    server === undefined
      ? answer(incomingOf)
      : answerDataCenter({ ...incomingOf, server, carried });
  const reply = host === 'media' ? answerMedia({ ...asked, faults }) : answerApi();
  const isReset = faults.some((fault) => fault.kind === 'reset');
  const slow = faults.find((fault) => fault.kind === 'slow');
  const waitMs = latencyMs + (slow?.ms ?? 0);
  sandbox.requests.push({
    number,
    host,
    method,
    path,
    query,
    status: isReset ? 0 : reply.status,
    hasAuthorization: carried.authorization,
    hasCookie: carried.cookie,
    arrivedAtMs,
    wait: announced(reply, waitMs),
  });
  if (waitMs > 0) await delay(waitMs);
  if (isReset) incoming.socket.resetAndDestroy();
  else
    await deliver(
      outgoing,
      dated(reply, site),
      server === undefined ? faults : withoutWords(faults),
    );
}

/** A good answer is of the moment in which the site is; a refusal counts its wait in real time. */
function dated(reply: Reply, { clock }: ConfluenceSite): Reply {
  if (reply.status >= 300) return reply;
  const date = new Date(clock.now()).toUTCString();
  return { ...reply, headers: { date, ...reply.headers } };
}

/** The wait of which a client learns when the answer is there, a little after it was counted. */
function announced({ announcedWaitMs = 0 }: Reply, delayMs: number): RecordedRequest['wait'] {
  const now = performance.now();
  if (announcedWaitMs <= 0) return undefined;
  return { fromMs: now + delayMs, untilMs: now + announcedWaitMs };
}
