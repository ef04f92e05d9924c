import { z } from 'zod';

import { cloudIdForm } from './site-address.ts';

const Id = z.union([z.string().min(1), z.number()]).transform(String);

const Version = z.object({ number: z.number(), createdAt: z.string().nullish() });
const Links = z.object({ webui: z.string().nullish() }).nullish();

/** A list of v2, and of `content/search` in v1: its rows are read one by one. */
export const List = z.object({
  results: z.array(z.unknown()),
  _links: z.object({ next: z.string().nullish() }).nullish(),
});

/** What even a row that cannot be read otherwise has. */
export const RowId = z.object({ id: Id });

/** A page or a blog post; only pages have a place in the tree. */
export const ContentRow = z.object({
  id: Id,
  status: z.string(),
  title: z.string(),
  spaceId: Id,
  parentId: Id.nullish(),
  parentType: z.string().nullish(),
  position: z.number().nullish(),
  subtype: z.string().nullish(),
  authorId: z.string().nullish(),
  createdAt: z.string().nullish(),
  version: Version,
  body: z.object({ storage: z.object({ value: z.string() }).nullish() }).nullish(),
  _links: Links,
});
export type ContentRow = z.output<typeof ContentRow>;

/** A folder, whiteboard, database or embed, read by its id. */
export const NodeRow = z.object({
  id: Id,
  status: z.string().nullish(),
  title: z.string(),
  spaceId: Id.nullish(),
  parentId: Id.nullish(),
  parentType: z.string().nullish(),
  position: z.number().nullish(),
  version: Version.nullish(),
  _links: Links,
});
export type NodeRow = z.output<typeof NodeRow>;

/** The same, found by a search (v1). `ancestors` begin at the root. */
export const NodeHit = z.object({
  id: Id,
  type: z.string(),
  title: z.string(),
  space: z.object({ id: Id }).nullish(),
  ancestors: z.array(z.object({ id: Id, type: z.string() })).nullish(),
  version: z.object({ number: z.number(), when: z.string().nullish() }).nullish(),
  extensions: z.object({ position: z.unknown() }).nullish(),
  _links: Links,
});
export type NodeHit = z.output<typeof NodeHit>;

export const SpaceRow = z.object({
  id: Id,
  key: z.string().min(1),
  name: z.string(),
  type: z.string().nullish(),
  status: z.string().nullish(),
  /** The key in addresses, when the space was given another one. */
  currentActiveAlias: z.string().nullish(),
  homepageId: Id.nullish(),
  _links: Links,
});
export type SpaceRow = z.output<typeof SpaceRow>;

export const CurrentUser = z.object({
  type: z.string().nullish(),
  accountId: z.string().nullish(),
  displayName: z.string().nullish(),
});
export type CurrentUser = z.output<typeof CurrentUser>;

/** What a site tells everybody about itself. */
export const TenantInfo = z.object({ cloudId: z.string().regex(cloudIdForm) });

/** The refusals of v2 (`errors`), of v1 and of the gateway (`message`). */
export const ErrorBody = z.object({
  errors: z.array(z.object({ title: z.string().nullish() })).nullish(),
  message: z.string().nullish(),
});
