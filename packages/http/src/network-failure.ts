import { ConnectorError } from '@context-sync/core';

import { AttemptFailure, type Retry } from './failure.ts';
import { ProxyRefusal } from './tunnel.ts';

/** Where a request was going, in words that may be shown. */
export interface Target {
  /** Method and redacted URL. */
  readonly request: string;
  readonly host: string;
  /** `host:port` of the proxy on the way. */
  readonly via: string | undefined;
  redact(text: string): string;
}

interface Fault {
  readonly codes: RegExp;
  readonly retry: Retry;
  message(host: string, code: string): string;
  readonly hint: string;
}

const FAULTS: readonly Fault[] = [
  {
    codes: /^EAI_AGAIN$/,
    retry: 'if-idempotent',
    message: (host) => `the name server did not answer for ${host}`,
    hint: 'Check the network connection and its name server.',
  },
  {
    codes: /^(ENOTFOUND|ENODATA|EAI_\w+)$/,
    retry: 'never',
    message: (host) => `no host has the name ${host}`,
    hint: 'Check the spelling of the base URL and the network; behind a company proxy set HTTPS_PROXY.',
  },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/,
    retry: 'never',
    message: (host) => `${host} cannot be reached`,
    hint: 'Check host and port of the base URL, the firewall, and HTTPS_PROXY and NO_PROXY.',
  },
  {
    codes:
      /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO)/,
    retry: 'never',
    message: (host) => `no trusted TLS connection to ${host} could be made`,
    hint: 'If a company proxy or your own CA signs this host, set NODE_EXTRA_CA_CERTS to a file with its certificate (PEM); else check the certificate and that the base URL needs https.',
  },
  {
    // Resets and broken answers: the node parser's HPE_*, and zlib's Z_* for damaged compression.
    codes:
      /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|ERR_SOCKET_\w+|HPE_\w+|Z_\w+|ERR_\w*BROTLI\w*|ERR__ERROR_FORMAT\w*)$/,
    retry: 'if-idempotent',
    message: (host) => `the connection to ${host} broke`,
    hint: 'Run the same command again; if it stays, check the network and the proxy.',
  },
];

const UNKNOWN_FAULT: Omit<Fault, 'codes'> = {
  retry: 'never',
  message: (host) => `the connection to ${host} failed`,
  hint: 'Run the same command again; if it stays, check the network and the proxy.',
};

/** Says what a failed connection means. The error it came from holds the request; it is left behind. */
export function toNetworkFailure(error: unknown, target: Target): AttemptFailure {
  const refusal = findInChain(error, (link) => (link instanceof ProxyRefusal ? link : undefined));
  if (refusal !== undefined) return toProxyFailure(refusal, target);
  const code = findInChain(error, (link) => readText(link, 'code')) ?? 'unknown';
  const fault = FAULTS.find(({ codes }) => codes.test(code)) ?? UNKNOWN_FAULT;
  const what = fault.message(namedHost(error, target), code);
  const message = `${target.request} failed: ${what} (${code}).`;
  return new AttemptFailure(
    new ConnectorError('transient', target.redact(message), {
      hint: fault.hint,
      cause: new Error(target.redact(readText(error, 'message') ?? code)),
    }),
    fault.retry,
  );
}

function toProxyFailure({ status }: ProxyRefusal, target: Target): AttemptFailure {
  const message = `${target.request} failed: the proxy ${target.via} refused to connect (${status}).`;
  if (status >= 500) {
    const hint = 'Check that the proxy can reach the host; run the same command again later.';
    return new AttemptFailure(new ConnectorError('transient', message, { hint, status }), 'always');
  }
  const hint =
    status === 407
      ? 'The proxy wants credentials: put them into HTTPS_PROXY (http://user:password@host:port).'
      : 'Ask who runs the proxy to allow this host, or name it in NO_PROXY.';
  return new AttemptFailure(new ConnectorError('config', message, { hint, status }), 'never');
}

// A name or port that does not answer may be the proxy's, not the service's.
function namedHost(error: unknown, { host, via }: Target): string {
  const syscall = findInChain(error, (link) => readText(link, 'syscall'));
  const toProxy = syscall === 'connect' || syscall === 'getaddrinfo';
  return via !== undefined && toProxy ? `the proxy ${via}` : host;
}

function findInChain<T>(error: unknown, read: (link: object) => T | undefined): T | undefined {
  let link = error;
  for (let depth = 0; depth < 5 && typeof link === 'object' && link !== null; depth += 1) {
    const found = read(link);
    if (found !== undefined) return found;
    link = 'cause' in link ? link.cause : undefined;
  }
  return undefined;
}

function readText(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
