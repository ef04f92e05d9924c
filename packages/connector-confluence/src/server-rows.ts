import { z } from 'zod';

/** Answers of Data Center's v1, turned into rows of Cloud's v2. */

const Id = z.union([z.string().min(1), z.number()]).transform(String);
const Person = z.object({ userKey: z.string().nullish() }).nullish();
const Links = z.object({ webui: z.string().nullish() }).nullish();

const Row = z.object({
  id: Id,
  type: z.string(),
  status: z.string().nullish(),
  title: z.string(),
  space: z.object({ id: Id }).nullish(),
  container: z.object({ id: Id }).nullish(),
  ancestors: z.array(z.object({ id: Id, type: z.string().nullish() })).nullish(),
  version: z.object({ number: z.number(), when: z.string().nullish(), by: Person }),
  history: z.object({ createdDate: z.string().nullish(), createdBy: Person }).nullish(),
  body: z.unknown().optional(),
  extensions: z
    .object({
      position: z.unknown().optional(),
      mediaType: z.string().nullish(),
      fileSize: z.number().nullish(),
      comment: z.string().nullish(),
      resolution: z.object({ status: z.string().nullish() }).nullish(),
      inlineProperties: z.object({ originalSelection: z.string().nullish() }).nullish(),
    })
    .nullish(),
  _links: Links,
});
type Row = z.output<typeof Row>;

function versionOf({ version: { number, when, by } }: Row): object {
  return { number, createdAt: when, authorId: by?.userKey };
}

/** One that cannot be read stays as it is: whoever reads it as v2 says so. */
function translate(row: unknown, toV2: (read: Row) => object): unknown {
  const read = Row.safeParse(row);
  return read.success ? toV2(read.data) : row;
}

/** What a content must be asked with to make a row of it. */
export const contentExpansions = ['space', 'version', 'ancestors', 'history'];

/** A page or blog post. */
export function toContentRow(row: unknown): unknown {
  return translate(row, (read) => {
    const { id, status, title, space, ancestors, history, body, extensions, _links } = read;
    const position = extensions?.position;
    return {
      id,
      status: status ?? 'current',
      title,
      spaceId: space?.id,
      parentId: ancestors?.at(-1)?.id,
      parentType: 'page',
      position: typeof position === 'number' ? position : null,
      authorId: history?.createdBy?.userKey,
      createdAt: history?.createdDate,
      version: versionOf(read),
      body,
      _links,
    };
  });
}

export const commentExpansions = [
  'container',
  'version',
  'history',
  'ancestors',
  'body.storage',
  'extensions.inlineProperties',
  'extensions.resolution',
];

export function toCommentRow(row: unknown): unknown {
  return translate(row, (read) => {
    const { id, status, container, ancestors, history, body, extensions, _links } = read;
    const { createdDate, createdBy } = history ?? {};
    return {
      id,
      status,
      pageId: container?.id,
      firstVersion: { number: 1, createdAt: createdDate, authorId: createdBy?.userKey },
      parentCommentId: ancestors?.findLast(({ type }) => type === 'comment')?.id,
      version: versionOf(read),
      body,
      resolutionStatus: extensions?.resolution?.status,
      properties: { inlineOriginalSelection: extensions?.inlineProperties?.originalSelection },
      _links,
    };
  });
}

export const attachmentExpansions = ['container', 'version', 'history', 'extensions'];

export function toAttachmentRow(row: unknown): unknown {
  return translate(row, (read) => {
    const { id, status, title, container, history, extensions } = read;
    return {
      id,
      status,
      title,
      createdAt: history?.createdDate,
      pageId: container?.id,
      mediaType: extensions?.mediaType,
      fileSize: extensions?.fileSize,
      comment: extensions?.comment,
      version: versionOf(read),
    };
  });
}

/** Lies below the page asked about; how deep is not told, and all of it is listed. */
export function toDescendantRow(row: unknown): unknown {
  return translate({ version: { number: 0 }, ...Object(row) }, ({ id, type }) => ({
    id,
    type,
    depth: 1,
  }));
}

const Space = z.looseObject({ homepage: z.object({ id: Id }).nullish() });

export function toSpaceRow(row: unknown): unknown {
  const read = Space.safeParse(row);
  return read.success ? { ...read.data, homepageId: read.data.homepage?.id } : row;
}

const User = z.looseObject({ userKey: z.string().nullish() });

/** Somebody, with the key in place of the account id. */
export function toUserRow(row: unknown): unknown {
  const read = User.safeParse(row);
  return read.success ? { ...read.data, accountId: read.data.userKey } : row;
}
