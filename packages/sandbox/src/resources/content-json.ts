import { BodyNames } from '../adf/body-names.ts';
import { storageToAdf } from '../adf/storage-to-adf.ts';
import type { ApiRequest } from '../http/route.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import { bodyOf, type Content } from '../site/content.ts';
import type { Version } from '../site/version.ts';
import { contentLinks } from './links.ts';

/** The version of a page or blog post in v2. */
export function versionJson({ version }: Content): object {
  return { ...partVersionJson(version), ncsStepVersion: null };
}

/** The version of a comment or attachment in v2. */
export function partVersionJson(version: Version): object {
  return { ...version, minorEdit: false };
}

/** The `body` field: empty unless a format was asked for. */
export function bodyJson(
  request: ApiRequest,
  { holder, storage }: { holder: Content; storage: () => string },
  format: string | null,
): object {
  if (format === null) return {};
  const value = format === 'storage' ? storage() : adfText(request, holder, storage());
  return { [format]: { representation: format, value } };
}

/** The same body as `atlas_doc_format`: JSON within a text. */
export function adfText({ site, baseUrl }: ApiRequest, holder: Content, storage: string): string {
  return JSON.stringify(storageToAdf(storage, new BodyNames(site, holder, baseUrl)));
}

/** `parentId`, `parentType` and `position`; all `null` in the trash and at the root. */
export function placeJson(site: ConfluenceSite, content: Content): object {
  const parent = content.parentId === null ? undefined : site.contents.find(content.parentId);
  return {
    parentId: content.parentId,
    parentType: parent?.kind ?? null,
    position: content.position,
  };
}

/** A page as v2 lists it. */
export function pageJson(request: ApiRequest, page: Content, format: string | null): object {
  const { site } = request;
  return {
    ...placeJson(site, page),
    createdAt: page.createdAt,
    ownerId: page.authorId,
    lastOwnerId: null,
    authorId: page.authorId,
    version: versionJson(page),
    spaceId: page.spaceId,
    status: page.status,
    ...(page.subtype === undefined ? {} : { subtype: page.subtype }),
    body: bodyJson(request, { holder: page, storage: () => bodyOf(page) }, format),
    title: page.title,
    id: page.id,
    _links: contentLinks(site, page),
  };
}

/** A blog post as v2 lists it. */
export function blogPostJson(request: ApiRequest, post: Content, format: string | null): object {
  const { site } = request;
  return {
    createdAt: post.createdAt,
    authorId: post.authorId,
    version: versionJson(post),
    spaceId: post.spaceId,
    status: post.status,
    body: bodyJson(request, { holder: post, storage: () => bodyOf(post) }, format),
    title: post.title,
    id: post.id,
    _links: contentLinks(site, post),
  };
}
