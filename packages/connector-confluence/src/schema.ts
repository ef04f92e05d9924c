import { z } from 'zod';

import { Body } from './body-format.ts';
import { cloudIdForm } from './site-address.ts';

const Id = z.union([z.string().min(1), z.number()]).transform(String);

/** A version of a content or comment. */
export const Version = z.object({
  number: z.number(),
  createdAt: z.string().nullish(),
  authorId: z.string().nullish(),
});
export type Version = z.output<typeof Version>;
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
  body: Body,
  _links: Links,
});
export type ContentRow = z.output<typeof ContentRow>;

/** Of what type a row of a search is. */
export const TypedRow = z.object({ type: z.string() });

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

/** Data Center has a key in place of the account id. */
const PersonHit = z
  .object({
    accountId: z.string().nullish(),
    userKey: z.string().nullish(),
    displayName: z.string().nullish(),
  })
  .transform(({ accountId, userKey, displayName }) => ({
    accountId: accountId ?? userKey,
    displayName,
  }));

/** What comments and attachments have in common when a search finds them (v1). */
const PartHit = z.object({
  id: Id,
  title: z.string(),
  space: z.object({ id: Id }).nullish(),
  container: z.object({ id: Id, type: z.string().nullish() }).nullish(),
  version: z.object({ number: z.number(), when: z.string().nullish() }),
  history: z
    .object({ createdDate: z.string().nullish(), createdBy: PersonHit.nullish() })
    .nullish(),
  _links: Links,
});

/** Found by a search (v1). `ancestors` of a reply end with the comment that it answers. */
export const CommentHit = PartHit.extend({
  type: z.literal('comment'),
  ancestors: z.array(z.object({ id: Id, type: z.string().nullish() })).nullish(),
  body: Body,
  extensions: z
    .object({
      location: z.string().nullish(),
      resolution: z.object({ status: z.string().nullish() }).nullish(),
      inlineProperties: z.object({ originalSelection: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
export type CommentHit = z.output<typeof CommentHit>;

/** A comment of v2, read by its id or from the list of the site. */
export const CommentRow = z.object({
  id: Id,
  status: z.string().nullish(),
  pageId: Id.nullish(),
  blogPostId: Id.nullish(),
  parentCommentId: Id.nullish(),
  version: Version,
  /** Added by us: who wrote it and when, which `version` no longer tells of one that was edited. */
  firstVersion: Version.nullish(),
  body: Body,
  resolutionStatus: z.string().nullish(),
  properties: z.object({ inlineOriginalSelection: z.string().nullish() }).nullish(),
  _links: Links,
});
export type CommentRow = z.output<typeof CommentRow>;

export const AttachmentHit = PartHit.extend({
  type: z.literal('attachment'),
  metadata: z.object({ mediaType: z.string().nullish() }).nullish(),
  extensions: z
    .object({
      mediaType: z.string().nullish(),
      fileSize: z.number().nullish(),
      comment: z.string().nullish(),
      fileId: z.string().nullish(),
    })
    .nullish(),
});
export type AttachmentHit = z.output<typeof AttachmentHit>;

/** An attachment of v2, read by its id or from the list of the site. */
export const AttachmentRow = z.object({
  id: Id,
  status: z.string().nullish(),
  title: z.string(),
  createdAt: z.string().nullish(),
  pageId: Id.nullish(),
  blogPostId: Id.nullish(),
  mediaType: z.string().nullish(),
  fileSize: z.number().nullish(),
  fileId: z.string().nullish(),
  comment: z.string().nullish(),
  version: Version,
});
export type AttachmentRow = z.output<typeof AttachmentRow>;

/** The prefix tells whose it is: `global`, `team`, or `my` for one that only this account sees. */
export const LabelRow = z.object({ name: z.string(), prefix: z.string().nullish() });
export type LabelRow = z.output<typeof LabelRow>;

/** Labels and view restrictions of a page or post, found by a search (v1). */
export const LabelHit = z.object({
  id: Id,
  space: z.object({ id: Id }).nullish(),
  metadata: z.object({ labels: z.object({ results: z.array(LabelRow) }).nullish() }).nullish(),
  restrictions: z
    .object({
      read: z.object({
        restrictions: z.object({
          user: z.object({ results: z.array(PersonHit) }),
          group: z.object({ results: z.array(z.object({ name: z.string() })) }),
        }),
      }),
    })
    .nullish(),
});
export type LabelHit = z.output<typeof LabelHit>;

/** What lies below a page or folder (v2). */
export const DescendantRow = z.object({ id: Id, type: z.string(), depth: z.number() });

export const UserRow = z.object({
  accountId: z.string().min(1),
  displayName: z.string().nullish(),
  publicName: z.string().nullish(),
});

/** Type of each content by its id; `null` for one that is not there or hidden. */
export const ContentTypes = z.object({ results: z.record(z.string(), z.string().nullable()) });

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

/** Without both it is no answer to "who am I", so it does not say that nobody is signed in either. */
export const CurrentUser = z
  .object({
    type: z.string().nullish(),
    accountId: z.string().nullish(),
    displayName: z.string().nullish(),
  })
  .refine(({ type, accountId }) => Boolean(type ?? accountId));
export type CurrentUser = z.output<typeof CurrentUser>;

/** What a site tells everybody about itself. */
export const TenantInfo = z.object({ cloudId: z.string().regex(cloudIdForm) });

/** The refusals of v2 (`errors`), of v1 and of the gateway (`message`). */
export const ErrorBody = z.object({
  errors: z.array(z.object({ title: z.string().nullish() })).nullish(),
  message: z.string().nullish(),
});
