import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { ConfluenceSite } from './site/confluence-site.ts';
import type { NewPage } from './site/new-content.ts';

const recordedPage = z.object({
  id: z.string(),
  title: z.string(),
  spaceId: z.string(),
  parentId: z.string().nullable(),
  position: z.number(),
  createdAt: z.string(),
  version: z.object({ number: z.number(), createdAt: z.string() }),
  _links: z.object({ webui: z.string() }),
});

const recordedAncestors = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      extensions: z.object({ position: z.number() }),
      _links: z.object({ webui: z.string() }),
    }),
  ),
});

const recordedChildren = z.object({
  results: z.array(z.object({ id: z.string(), title: z.string(), childPosition: z.number() })),
});

type RecordedPage = Omit<NewPage, 'space' | 'id' | 'parent'> & {
  readonly id: string;
  readonly parent: string | null;
};

interface Recording {
  readonly pages: Map<string, RecordedPage>;
  spaceId?: string;
  spaceKey?: string;
  homepageId?: string;
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * A site with one space that holds recorded pages with their own ids, titles, places and bodies.
 *
 * The folder has one folder for each page: `page.v2.json` (as `GET /pages/{id}` answered),
 * `storage.xhtml`, `ancestors.v1.json` and `children.v2.json`. Pages that only the last two name are
 * served without a body. A folder that has a body alone becomes a page titled like the folder.
 */
export function recordedPages(folder: string): ConfluenceSite {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const recording: Recording = { pages: new Map() };
  const loose: { title: string; body: string }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const body = readFileSync(join(path, 'storage.xhtml'), 'utf8');
    const page = readJson(join(path, 'page.v2.json'));
    if (page === undefined) loose.push({ title: name, body });
    else recordPage(recording, path, recordedPage.parse(page), body);
  }
  return toSite(recording, loose);
}

function recordPage(
  recording: Recording,
  path: string,
  page: z.infer<typeof recordedPage>,
  body: string,
): void {
  const { id, title, parentId: parent, position, createdAt, version } = page;
  recording.spaceId = page.spaceId;
  recording.spaceKey = /^\/spaces\/([^/]+)/.exec(page._links.webui)?.[1] ?? page.spaceId;
  const ancestors = recordedAncestors.parse(readJson(join(path, 'ancestors.v1.json')));
  let above: string | null = null;
  for (const { id: ancestorId, title: name, extensions, _links } of ancestors.results) {
    if (_links.webui.endsWith('/overview')) recording.homepageId = ancestorId;
    addOnce(recording, {
      id: ancestorId,
      title: name,
      parent: above,
      position: extensions.position,
    });
    above = ancestorId;
  }
  const children = recordedChildren.parse(readJson(join(path, 'children.v2.json')));
  for (const { id: childId, title: name, childPosition } of children.results) {
    addOnce(recording, { id: childId, title: name, parent: id, position: childPosition });
  }
  recording.pages.set(id, { id, title, parent, position, createdAt, version, body });
}

function addOnce({ pages }: Recording, page: RecordedPage): void {
  if (!pages.has(page.id)) pages.set(page.id, page);
}

function toSite(
  { pages, spaceId, spaceKey = 'REC', homepageId }: Recording,
  loose: readonly { title: string; body: string }[],
): ConfluenceSite {
  const site = new ConfluenceSite();
  const homepage = homepageId === undefined ? undefined : pages.get(homepageId);
  site.addSpace({
    key: spaceKey,
    name: homepage?.title ?? spaceKey,
    ...(spaceId === undefined ? {} : { id: spaceId }),
    ...(homepage === undefined ? {} : { homepage: { id: homepage.id, title: homepage.title } }),
  });
  const add = (page: RecordedPage): void => {
    const parent = page.parent === null ? undefined : pages.get(page.parent);
    if (parent !== undefined) add(parent);
    if (site.contents.find(page.id) === undefined) {
      site.addPage({ ...page, space: spaceKey, parent: parent?.id ?? null });
    }
  };
  for (const page of pages.values()) add(page);
  for (const page of loose) site.addPage({ space: spaceKey, ...page });
  return site;
}
