import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { identify } from '../access/identify.ts';
import type { Principal } from '../access/principal.ts';
import type { FaultKind, FaultPlan } from '../faults/fault.ts';
import { FaultSchedule } from '../faults/schedule.ts';
import { deliver } from '../http/delivery.ts';
import { readPosted } from '../http/posted.ts';
import type { Reply } from '../http/reply.ts';
import { startLocalServer } from '../local-server.ts';
import type { RecordedRequest } from '../recorded-request.ts';

/** A request as it arrived, with what is known of it before anybody answers. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly posted: unknown;
  /** Whose credentials it carries; `undefined` for a stranger. */
  readonly principal: Principal | undefined;
  readonly carried: { readonly authorization: boolean; readonly cookie: boolean };
  readonly faults: readonly FaultKind[];
}

export interface ServiceOptions {
  /** 0 is any free one. */
  readonly port: number;
  /** Time that passes before each answer, in milliseconds. */
  readonly latencyMs: number;
  readonly principals: readonly Principal[];
  readonly faults: FaultPlan;
  readonly clock: { now(): string };
}

/** What the two servers of a service say. */
export interface Answers {
  api(arrived: Arrived): Reply;
  media(arrived: Arrived): Reply;
  /** The faults that this service knows of those that change an answer on its way. @default all */
  readonly onWire?: (faults: readonly FaultKind[]) => readonly FaultKind[];
}

/** A service on 127.0.0.1: its API, and its media server on another port. */
export interface RunningService {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `http://127.0.0.1:PORT` of the media server, which sends the bytes of attachments. */
  readonly mediaUrl: string;
  /** Whom it lets in. Replace it at any time, to narrow or revoke. */
  principals: readonly Principal[];
  /** Those of both servers, in the order of their arrival. */
  readonly requests: RecordedRequest[];
  /** Replace it at any time. */
  faults: FaultPlan;
  close(): Promise<void>;
}

interface World {
  readonly service: RunningService;
  readonly options: ServiceOptions;
  readonly answers: Answers;
  readonly schedule: FaultSchedule;
  count: number;
}

/** Starts both servers. What they say is made when the addresses are known. */
export async function startService<Service extends RunningService>(
  options: ServiceOptions,
  make: (service: RunningService) => { service: Service; answers: Answers },
): Promise<Service> {
  const api = await startLocalServer(options.port);
  const media = await startLocalServer(0);
  const close = async (): Promise<void> => {
    await Promise.all([api.close(), media.close()]);
  };
  const { principals, faults } = options;
  const addresses = { origin: api.origin, mediaUrl: media.origin };
  const { service, answers } = make({ ...addresses, principals, requests: [], faults, close });
  const world: World = { service, options, answers, schedule: new FaultSchedule(), count: 0 };
  for (const [server, host] of [
    [api.server, 'api'],
    [media.server, 'media'],
  ] as const) {
    server.on('request', (incoming, outgoing) => {
      const work = serve(world, host, incoming, outgoing);
      work.catch((error: unknown) => outgoing.destroy(new Error('No answer', { cause: error })));
    });
  }
  return service;
}

async function serve(
  world: World,
  host: RecordedRequest['host'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const arrivedAtMs = performance.now();
  const { service, options, answers } = world;
  world.count += 1;
  const number = world.count;
  const target = incoming.url ?? '/';
  const { pathname: path, searchParams: query } = new URL(target, service.origin);
  const faults = world.schedule.due(service.faults, { number, target, query });
  const posted = await readPosted(incoming);
  const { authorization, cookie } = incoming.headers;
  const method = incoming.method ?? 'GET';
  const principal = identify(service.principals, incoming.headers);
  const carried = { authorization: authorization !== undefined, cookie: cookie !== undefined };
  const reply = answers[host]({ method, path, query, posted, principal, carried, faults });
  const isReset = faults.some((fault) => fault.kind === 'reset');
  const slow = faults.find((fault) => fault.kind === 'slow');
  const waitMs = options.latencyMs + (slow?.ms ?? 0);
  service.requests.push({
    number,
    host,
    method,
    path,
    query,
    status: isReset ? 0 : reply.status,
    hasAuthorization: carried.authorization,
    hasCookie: carried.cookie,
    arrivedAtMs,
    // What a broken connection took with it, nobody heard.
    wait: isReset ? undefined : announced(reply, waitMs),
  });
  if (waitMs > 0) await delay(waitMs);
  if (isReset) incoming.socket.resetAndDestroy();
  else await deliver(outgoing, dated(reply, options.clock), answers.onWire?.(faults) ?? faults);
}

/** A good answer is of the moment in which the site is; a refusal counts its wait in real time. */
function dated(reply: Reply, clock: ServiceOptions['clock']): Reply {
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
