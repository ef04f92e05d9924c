import { BlockList, isIP, isIPv4 } from 'node:net';

/** Tells whether a host is reached without a proxy, by the rules of `NO_PROXY`. */
export function bypassesProxy(url: URL, noProxy = ''): boolean {
  // With a dot at its end, a name is the same name.
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
  const port = url.port === '' ? defaultPort(url) : url.port;
  // A proxy's loopback is another machine's.
  if (isLoopback(host)) return true;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const { name, port: entryPort } = splitPort(entry);
  if (entryPort !== undefined && entryPort !== port) return false;
  if (isIP(host) !== 0) return holdsAddress(name, host);
  // `.example.com`, `*.example.com` and `example.com` mean the same, as in curl: host and subdomains.
  const suffix = name.replace(/^\*?\.|\.$/g, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

/** `10.0.0.7`, `10.0.0.0/8` and `fd00::/8`, however an IPv6 address is written. */
function holdsAddress(entry: string, host: string): boolean {
  const [address = '', bits] = entry.split('/');
  const family = isIP(address);
  if (family === 0) return false;
  const most = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number.parseInt(bits, 10);
  if (!(prefix >= 0 && prefix <= most)) return false;
  const network = new BlockList();
  network.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return network.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}

function splitPort(entry: string): { name: string; port: string | undefined } {
  const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry);
  // A bare IPv6 address has colons and no port.
  if (parts === null) return { name: entry, port: undefined };
  return { name: parts[1] ?? parts[2] ?? '', port: parts[3] };
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIPv4(host) && host.startsWith('127.'))
  );
}

function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80';
}
