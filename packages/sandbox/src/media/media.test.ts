import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { authorization, get } from '../__fixtures__/sandbox-client.ts';
import { type ConfluenceSandbox, type ConfluenceSite, startConfluenceSandbox } from '../index.ts';

describe('a download', () => {
  let sandbox: ConfluenceSandbox;
  let site: ConfluenceSite;
  let ids: ReturnType<typeof makeDiscussedSite>['ids'];
  const path = (file: string, on = ids.page): string =>
    `/wiki/rest/api/content/${on}/child/attachment/${file}/download`;
  const ask = (target: string): Promise<Response> =>
    fetch(new URL(target, sandbox.url), {
      headers: authorization(sandbox),
      redirect: 'manual',
    });
  const linkOf = async (target: string): Promise<string> =>
    (await ask(target)).headers.get('location') ?? '';

  beforeEach(async () => {
    ({ site, ids } = makeDiscussedSite());
    sandbox = await startConfluenceSandbox({ site });
  });
  afterEach(() => sandbox.close());

  it('leads to another host, which needs and records no credentials', async () => {
    const answer = await ask(path(ids.file));
    const link = answer.headers.get('location') ?? '';

    const file = await fetch(link);

    expect(answer.status).toBe(302);
    expect(link.startsWith(`${sandbox.mediaUrl}/file/`)).toBe(true);
    expect([file.headers.get('content-type'), await file.text()]).toEqual(['text/plain', 'first']);
    expect(sandbox.requests.at(-1)).toMatchObject({ host: 'media', hasAuthorization: false });
  });

  it('records credentials that should not have been sent', async () => {
    await fetch(await linkOf(path(ids.file)), {
      headers: { authorization: 'Basic x', cookie: 'a=b' },
    });

    expect(sandbox.requests.at(-1)).toMatchObject({ hasAuthorization: true, hasCookie: true });
  });

  it('gives an older version, and a big file as a whole', async () => {
    site.attachments.replace(ids.file, { content: 'second' });
    const [big] = site.attachments.of(ids.post);

    const old = await fetch(await linkOf(`${path(ids.file)}?version=1`));
    const whole = await fetch(await linkOf(path(big?.id ?? '', ids.post)));

    expect(await old.text()).toBe('first');
    expect(whole.headers.get('content-length')).toBe('200000');
    expect((await whole.arrayBuffer()).byteLength).toBe(200_000);
  });

  it('is refused with a link that expired or was made for another file', async () => {
    const link = await linkOf(path(ids.file));
    site.clock.advance(15 * 60_000);
    expect((await fetch(link)).status).toBe(200);
    site.clock.advance(1);

    expect((await fetch(link)).status).toBe(403);
    const fresh = new URL(await linkOf(path(ids.file)));
    const [other] = site.attachments.of(ids.post);
    fresh.pathname = `/file/${other?.fileId ?? ''}/binary`;
    expect((await fetch(fresh)).status).toBe(403);
    expect((await fetch(`${sandbox.mediaUrl}/file/none/binary`)).status).toBe(404);
  });

  it('does not exist under another page, in the trash or by the old address', async () => {
    const { body } = await get(sandbox, `/api/v2/attachments/${ids.file}`);
    expect((await ask(`/wiki${String(body['downloadLink'])}`)).status).toBe(401);

    expect((await ask(path(ids.file, ids.post))).status).toBe(404);
    site.attachments.delete(ids.file);
    expect((await ask(path(ids.file))).status).toBe(404);
    site.attachments.restore(ids.file);
    expect((await ask(path(ids.file))).status).toBe(302);
  });
});
