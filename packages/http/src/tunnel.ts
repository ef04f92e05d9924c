import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

import type { DepartureOptions } from './departure.ts';
import type { ProxyServer } from './proxy-server.ts';

/** The proxy answered CONNECT with something else than success. */
export class ProxyRefusal extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The proxy answered ${status}.`);
    this.status = status;
  }
}

type OnConnection = (error: Error | null, stream: Duplex) => void;

/**
 * An https agent that reaches its targets through a proxy's CONNECT. Not https-proxy-agent, because
 * that one (9.1) drops the agent's extra CAs, passes the proxy's refusal on as the target's own
 * answer (a 403 would read as "no permission"), and keeps a CONNECT that never ends open for good.
 */
export class TunnelAgent extends https.Agent {
  readonly #proxy: ProxyServer;
  readonly #secureContext: tls.SecureContext | undefined;
  readonly #pending = new Set<http.ClientRequest>();

  constructor(proxy: ProxyServer, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#secureContext = options.secureContext;
  }

  override createConnection(
    options: https.RequestOptions & DepartureOptions,
    callback?: OnConnection,
  ): undefined {
    const request = this.#connect(`${bracket(options.host ?? '')}:${options.port ?? 443}`);
    const abandon = (): void => void request.destroy(new Error('Nobody waits for it any more.'));
    const settle = (): void => {
      this.#pending.delete(request);
      options.abandoned?.removeEventListener('abort', abandon);
    };
    const fail = (error: Error): void => {
      settle();
      // The type asks for a stream even beside an error; Node reads the error alone.
      (callback as ((error: Error) => void) | undefined)?.(error);
    };
    request.once('error', fail);
    request.once('connect', (response, socket, head) => {
      settle();
      if (response.statusCode !== 200) {
        socket.destroy();
        fail(new ProxyRefusal(response.statusCode ?? 0));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      callback?.(null, this.#secure(socket, options));
    });
    this.#pending.add(request);
    options.abandoned?.addEventListener('abort', abandon);
    request.end();
  }

  override destroy(): void {
    for (const request of this.#pending) request.destroy();
    super.destroy();
  }

  #secure(socket: Duplex, { host, servername }: https.RequestOptions): Duplex {
    return tls.connect({
      socket,
      // Not to connect, but to compare with the certificate when the target is an address.
      ...(typeof host === 'string' && { host }),
      ...(servername !== undefined && { servername }),
      ...this.#trust(),
    });
  }

  #trust(): { secureContext?: tls.SecureContext } {
    return this.#secureContext === undefined ? {} : { secureContext: this.#secureContext };
  }

  #connect(target: string): http.ClientRequest {
    const { hostname, port, protocol, authorization } = this.#proxy;
    const options = {
      method: 'CONNECT',
      host: hostname,
      port,
      path: target,
      headers: {
        host: target,
        ...(authorization !== undefined && { 'proxy-authorization': authorization }),
      },
      agent: false as const,
    };
    return protocol === 'https:'
      ? https.request({ ...options, ...this.#trust() })
      : http.request(options);
  }
}

function bracket(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
