import { z } from 'zod';

/** Answers of Jira, as far as this connector reads them. Unknown fields are ignored. */

const optionalText = z.string().nullish();

export const TenantInfo = z.object({ cloudId: z.string().min(1) });

export const ErrorBody = z.object({
  errorMessages: z.array(z.string()).optional(),
  errors: z.record(z.string(), z.unknown()).optional(),
  message: z.string().optional(),
});

/** Cloud has an account id; a Data Center a key, and old answers a name alone. */
export const User = z
  .object({
    accountId: optionalText,
    key: optionalText,
    name: optionalText,
    displayName: optionalText,
  })
  .transform(({ accountId, key, name, displayName }) => {
    // Of the two, texts mention people by the name.
    const id = accountId || name || key || undefined;
    const shown = displayName || name || id || 'Anonymous';
    return id === undefined ? { name: shown } : { id, name: shown };
  });
export type User = { readonly id?: string; readonly name: string };

export const Project = z.object({
  id: z.string().min(1),
  key: z.string().min(1),
  name: z.string(),
});
export type Project = z.output<typeof Project>;

export const Field = z.object({
  id: z.string().min(1),
  name: z.string(),
  schema: z.object({ type: optionalText, custom: optionalText }).nullish(),
});
export type Field = z.output<typeof Field>;

/** A page of a list that is walked by `startAt`. */
export const OffsetPage = z.object({
  values: z.array(z.unknown()),
  isLast: z.boolean().nullish(),
  total: z.number().nullish(),
});

export const SearchPage = z.object({
  issues: z.array(z.object({ id: z.string().min(1) })),
  nextPageToken: optionalText,
});

export const BulkAnswer = z.object({
  issues: z.array(z.unknown()),
  issueErrors: z
    .array(
      z.object({
        id: z.union([z.string(), z.number()]).transform(String),
        errorMessage: optionalText,
      }),
    )
    .nullish(),
});

export const IssueKey = z.object({ id: z.string().min(1), key: z.string() });

const Named = z.object({ name: z.string() });

export const Comment = z.object({
  id: z.string().min(1),
  author: User.nullish(),
  body: z.unknown().optional(),
  created: z.string(),
  updated: z.string(),
  visibility: z.object({ type: optionalText, value: optionalText }).nullish(),
  jsdPublic: z.boolean().nullish(),
});
export type Comment = z.output<typeof Comment>;

export const CommentPage = z.object({ comments: z.array(Comment), total: z.number() });

export const Worklog = z.object({
  id: z.string().min(1),
  author: User.nullish(),
  comment: z.unknown().optional(),
  started: z.string(),
  timeSpentSeconds: z.number().nullish(),
  timeSpent: optionalText,
});
export type Worklog = z.output<typeof Worklog>;

export const WorklogPage = z.object({ worklogs: z.array(Worklog), total: z.number() });

export const HistoryEntry = z.object({
  id: z.string().min(1),
  author: User.nullish(),
  created: z.string(),
  items: z.array(
    // `toString` is a name that every object has, so only an own one counts.
    z.record(z.string(), z.unknown()).transform((item) => ({
      field: textOf(item['field']),
      from: textOf(item['fromString']),
      to: Object.hasOwn(item, 'toString') ? textOf(item['toString']) : '',
    })),
  ),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** An issue of Data Center with all its changes. */
export const IssueChangelog = z.object({
  changelog: z.object({ histories: z.array(HistoryEntry) }),
});

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export const RemoteLink = z.object({
  relationship: optionalText,
  object: z.object({ url: z.string(), title: optionalText }),
});
export type RemoteLink = z.output<typeof RemoteLink>;

export const Attachment = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  filename: z.string(),
  author: User.nullish(),
  created: z.string(),
  size: z.number().nullish(),
  mimeType: optionalText,
});
export type Attachment = z.output<typeof Attachment>;

const OtherIssue = z.object({ id: optionalText, key: z.string().min(1) });

export const IssueLink = z.object({
  type: z.object({ inward: optionalText, outward: optionalText, name: optionalText }),
  inwardIssue: OtherIssue.nullish(),
  outwardIssue: OtherIssue.nullish(),
});
export type IssueLink = z.output<typeof IssueLink>;

/** Custom fields have numbers for names, so they are read apart. */
export const IssueFields = z.looseObject({
  summary: optionalText,
  description: z.unknown().optional(),
  environment: z.unknown().optional(),
  created: z.string(),
  updated: z.string(),
  archiveddate: optionalText,
  duedate: optionalText,
  project: z.object({
    id: z.string().min(1),
    key: z.string().min(1),
    projectTypeKey: optionalText,
  }),
  security: Named.nullish(),
  issuetype: Named.extend({ hierarchyLevel: z.number().nullish() }).nullish(),
  status: Named.extend({ statusCategory: Named.nullish() }).nullish(),
  priority: Named.nullish(),
  resolution: Named.nullish(),
  assignee: User.nullish(),
  reporter: User.nullish(),
  labels: z.array(z.string()).nullish(),
  components: z.array(Named).nullish(),
  fixVersions: z.array(Named).nullish(),
  parent: OtherIssue.nullish(),
  issuelinks: z.array(IssueLink).nullish(),
  attachment: z.array(Attachment).nullish(),
  comment: CommentPage.nullish(),
  worklog: WorklogPage.nullish(),
});
export type IssueFields = z.output<typeof IssueFields>;

export const IssueRow = z.object({
  id: z.string().min(1),
  key: z.string().min(1),
  fields: IssueFields,
  changelog: z.object({ histories: z.array(HistoryEntry), total: z.number().nullish() }).nullish(),
});
export type IssueRow = z.output<typeof IssueRow>;

export const RowId = z.object({ id: z.string().min(1) });
