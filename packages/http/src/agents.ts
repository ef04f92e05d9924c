import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

import { ConnectorError } from '@context-sync/core';
import type { AxiosProxyConfig } from 'axios';

import { bypassesProxy } from './no-proxy.ts';
import { parseProxy, type ProxyServer } from './proxy-server.ts';
import { TunnelAgent } from './tunnel.ts';

/** Values of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly no?: string;
}

/** How one URL is reached, as axios takes it. */
interface Route {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  readonly proxy: AxiosProxyConfig | false;
  /** `host:port` of the proxy on the way. */
  readonly via: string | undefined;
}

export interface Agents {
  route(url: URL): Route;
  /** Proxy credentials, which no text may quote. */
  readonly secrets: readonly string[];
  /** Ends every connection, also idle ones. */
  destroy(): void;
}

/** Makes the keep-alive agents of one host object. */
export function createAgents(proxy: ProxySettings = {}, ca: readonly string[] = []): Agents {
  const plainProxy = parseSetting(proxy.http, 'HTTP_PROXY');
  const secureProxy = parseSetting(proxy.https, 'HTTPS_PROXY');
  // Parsed once: with a list of CAs in the options, each connection would parse all of them.
  const trust = ca.length === 0 ? {} : { secureContext: trustAlso(ca) };
  const httpAgent = new http.Agent({ keepAlive: true });
  const httpsAgent = new https.Agent({ keepAlive: true, ...trust });
  const tunnel = secureProxy && new TunnelAgent(secureProxy, { keepAlive: true, ...trust });

  function route(url: URL): Route {
    const server = url.protocol === 'https:' ? secureProxy : plainProxy;
    if (server === undefined || bypassesProxy(url, proxy.no)) {
      return { httpAgent, httpsAgent, proxy: false, via: undefined };
    }
    return url.protocol === 'https:'
      ? { httpAgent, httpsAgent: tunnel ?? httpsAgent, proxy: false, via: server.label }
      : { httpAgent, httpsAgent, proxy: toAxiosProxy(server), via: server.label };
  }

  return {
    route,
    secrets: [plainProxy, secureProxy].flatMap((server) => secretsOf(server)),
    destroy() {
      for (const agent of [httpAgent, httpsAgent, tunnel]) agent?.destroy();
    },
  };
}

function parseSetting(value: string | undefined, variable: string): ProxyServer | undefined {
  return value === undefined || value.trim() === ''
    ? undefined
    : parseProxy(value.trim(), variable);
}

function trustAlso(ca: readonly string[]): tls.SecureContext {
  try {
    // Node skips what is no certificate without a word; this one throws.
    for (const pem of ca) new X509Certificate(pem);
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ...ca] });
  } catch (cause) {
    throw new ConnectorError('config', 'The extra CA certificates cannot be read.', {
      hint: 'Give them in PEM form: -----BEGIN CERTIFICATE----- and so on.',
      cause,
    });
  }
}

function toAxiosProxy(server: ProxyServer): AxiosProxyConfig {
  const { protocol, hostname, port, username, password, authorization } = server;
  return {
    protocol,
    host: hostname,
    port,
    ...(authorization !== undefined && { auth: { username, password } }),
  };
}

function secretsOf(server: ProxyServer | undefined): readonly string[] {
  if (server?.authorization === undefined) return [];
  return [server.authorization, server.password].filter((secret) => secret !== '');
}
