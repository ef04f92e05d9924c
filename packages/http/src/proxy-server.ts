import { ConnectorError } from '@context-sync/core';

/** A proxy as its URL describes it. */
export interface ProxyServer {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port: number;
  /** `host:port`, fit to be shown. */
  readonly label: string;
  readonly username: string;
  readonly password: string;
  /** Value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/** Reads `HTTPS_PROXY` and the like; a value without a scheme is an http proxy, as in curl. */
export function parseProxy(value: string, variable: string): ProxyServer {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = url?.protocol;
  if (url === undefined || (protocol !== 'http:' && protocol !== 'https:')) {
    // The value is not quoted: it may hold a password.
    throw new ConnectorError('config', `The proxy in ${variable} is not an http or https URL.`, {
      hint: `Set ${variable} to a value like http://proxy.example:3128, or unset it.`,
    });
  }
  const defaultPort = protocol === 'https:' ? 443 : 80;
  const port = url.port === '' ? defaultPort : Number(url.port);
  const username = decode(url.username);
  const password = decode(url.password);
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return {
    protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    label: `${url.hostname}:${port}`,
    username,
    password,
    authorization: username === '' && password === '' ? undefined : `Basic ${pair}`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A bare `%` in a password: taken as it stands.
    return text;
  }
}
