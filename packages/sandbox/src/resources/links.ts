import type { ApiRequest } from '../http/route.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content } from '../site/content.ts';

/** The title as Cloud writes it into addresses: whatever is not plain ASCII is left out. */
function titleSlug(title: string): string {
  const words = title.replace(/[^\w\s.-]/g, '').trim();
  return words === '' ? '' : `/${words.replace(/\s+/g, '+')}`;
}

/** The short code of `/x/…` addresses: the id as little-endian bytes in base64. */
export function tinyCode(id: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id));
  const code = bytes.toString('base64').replaceAll('+', '_').replaceAll('/', '-');
  return code.replace(/A*=*$/, '');
}

const folderOf = {
  page: 'pages',
  blogpost: 'blog',
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  embed: 'embed',
} as const;

/** Where a person opens it, below `/wiki`. */
export function webui(site: ConfluenceSite, content: Content): string {
  const { key, homepageId } = site.spaces.getById(content.spaceId);
  const { kind, id, title, createdAt } = content;
  if (id === homepageId) return `/spaces/${key}/overview`;
  if (kind !== 'page' && kind !== 'blogpost') return `/spaces/${key}/${folderOf[kind]}/${id}`;
  const date = kind === 'blogpost' ? `/${createdAt.slice(0, 10).replaceAll('-', '/')}` : '';
  return `/spaces/${key}/${folderOf[kind]}${date}/${id}${titleSlug(title)}`;
}

/** The `_links` of one row. */
export function contentLinks(site: ConfluenceSite, content: Content): Record<string, string> {
  const { key } = site.spaces.getById(content.spaceId);
  return {
    editui: `/pages/resumedraft.action?draftId=${content.id}`,
    webui: webui(site, content),
    edituiv2: `/spaces/${key}/${folderOf[content.kind]}/edit-v2/${content.id}`,
    tinyui: `/x/${tinyCode(content.id)}`,
  };
}

/** Single reads name the site in their links, lists name it once beside the rows. */
export function withBase(json: object, { baseUrl }: ApiRequest): object {
  const links = '_links' in json && typeof json._links === 'object' ? json._links : {};
  return { ...json, _links: { ...links, base: baseUrl } };
}
