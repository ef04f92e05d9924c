import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { authorization, get } from '../__fixtures__/sandbox-client.ts';
import { type ConfluenceSandbox, type FaultKind, startConfluenceSandbox } from '../index.ts';

describe('a body that a fault changes', () => {
  const { site, ids } = makeDiscussedSite();
  let sandbox: ConfluenceSandbox;
  let healthy: string;
  const path = '/wiki/api/v2/pages?limit=5';
  const always = (...kinds: FaultKind[]): void => {
    sandbox.faults = kinds.map((what) => ({ when: {}, what }));
  };
  const ask = (init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, sandbox.url), { headers: authorization(sandbox), ...init });

  /** The bytes as they come, not decoded. */
  const readRaw = (): Promise<{ encoding: string | undefined; bytes: Buffer }> =>
    new Promise((resolve, reject) => {
      const options = { headers: authorization(sandbox) };
      request(new URL(path, sandbox.url), options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(chunks) });
        });
        answer.on('error', reject);
      })
        .on('error', reject)
        .end();
    });

  beforeEach(async () => {
    sandbox = await startConfluenceSandbox({ site });
    healthy = await (await ask()).text();
  });
  afterEach(() => sandbox.close());

  const encodings = [
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
    ['deflate', inflateSync],
  ] as const;

  it.each(encodings)('%s says the same, compressed', async (encoding, decode) => {
    always({ kind: 'encoding', encoding });

    const raw = await readRaw();
    expect(raw.encoding).toBe(encoding);
    expect(decode(raw.bytes).toString()).toBe(healthy);
  });

  it.each(encodings)('a broken %s cannot be read', async (encoding, decode) => {
    always({ kind: 'encoding', encoding, isBroken: true });

    const { bytes } = await readRaw();
    expect(() => decode(bytes)).toThrow();
  });

  it('is cut or empty, and the length agrees', async () => {
    always({ kind: 'cut-body' });
    expect(await (await ask()).text()).toBe(healthy.slice(0, healthy.length / 2));

    always({ kind: 'empty-body' });
    const empty = await ask();
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  it('is as big as it is asked to be, still the same JSON, also compressed', async () => {
    always({ kind: 'oversized-body', bytes: 300_000 });
    const big = await (await ask()).text();
    expect([big.length, big.trim()]).toEqual([300_000, healthy]);

    always({ kind: 'oversized-body', bytes: 5_000_000 }, { kind: 'encoding', encoding: 'gzip' });
    const { bytes } = await readRaw();
    expect(bytes.length).toBeLessThan(50_000);
    expect(gunzipSync(bytes)).toHaveLength(5_000_000);
  });

  it('never ends, until the client hangs up', async () => {
    always({ kind: 'endless-body' });
    const stop = new AbortController();
    const reader = (await ask({ signal: stop.signal })).body?.getReader();

    let size = 0;
    while (size < 1_000_000) size += (await reader?.read())?.value?.length ?? 0;
    stop.abort();

    sandbox.faults = [];
    expect(await (await ask()).text()).toBe(healthy);
  });

  it('drips in pieces', async () => {
    always({ kind: 'drip', bytes: Math.ceil(healthy.length / 4), everyMs: 1 });
    const reader = (await ask()).body?.getReader();

    const pieces: Uint8Array[] = [];
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      pieces.push(piece.value);
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).toString()).toBe(healthy);
  });

  it.each([50, -50])('has a length that is wrong by %d', async (difference) => {
    always({ kind: 'wrong-length', difference });

    const outcome = await ask()
      .then((answer) => answer.text())
      .catch((error: unknown) => error);
    expect(outcome).not.toBe(healthy);
    sandbox.faults = [];
    expect(await (await ask()).text()).toBe(healthy);
  });

  it('is JSON of another shape', async () => {
    always({ kind: 'wrong-shape' });
    expect((await get(sandbox, path)).body).toEqual({ unexpected: true });

    always({ kind: 'wrong-shape', body: [] });
    expect((await get(sandbox, path)).body).toEqual([]);
  });

  it('is replaced by a redirect to itself, to another host or to an address', async () => {
    const locationOf = async (to: (FaultKind & { kind: 'redirect' })['to']): Promise<unknown> => {
      always({ kind: 'redirect', to });
      return (await ask({ redirect: 'manual' })).headers.get('location');
    };

    expect(await locationOf('loop')).toBe(path);
    expect(await locationOf('other-host')).toBe(sandbox.mediaUrl + path);
    expect(await locationOf(new URL('http://127.0.0.1:9/x'))).toBe('http://127.0.0.1:9/x');
    await expect(ask()).rejects.toThrow();
  });

  it('may be that of a download too', async () => {
    const download = `/wiki/rest/api/content/${ids.page}/child/attachment/${ids.file}/download`;
    const fetchFile = (): Promise<Response> =>
      fetch(new URL(download, sandbox.url), { headers: authorization(sandbox) });
    sandbox.faults = [{ when: { path: '/file/' }, what: { kind: 'cut-body' } }];
    expect(await (await fetchFile()).text()).toBe('fi');

    const busy = { kind: 'rate-limit', retryAfter: 1 } as const;
    sandbox.faults = [{ when: { path: '/file/' }, what: busy }];
    expect((await fetchFile()).status).toBe(429);
  });
});
