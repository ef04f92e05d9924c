import type { FileContent } from '../../site/attachment.ts';

/** A document in the Atlassian Document Format. */
export interface Adf {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly object[];
}

/** A paragraph for each text. */
export function adf(...paragraphs: string[]): Adf {
  const content = paragraphs.map((text) => ({
    type: 'paragraph',
    content: text === '' ? [] : [{ type: 'text', text }],
  }));
  return { type: 'doc', version: 1, content };
}

export interface Project {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isArchived: boolean;
}

export interface IssueComment {
  readonly id: string;
  readonly authorId: string;
  readonly body: Adf;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Who alone may see it. */
  readonly visibility?: { readonly type: 'role' | 'group'; readonly value: string };
  /** In a service project: whether customers see it. */
  readonly isPublic: boolean;
}

export interface Worklog {
  readonly id: string;
  readonly authorId: string;
  readonly comment: Adf | undefined;
  readonly startedAt: string;
  readonly seconds: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface IssueFile {
  readonly id: string;
  /** By which the media service and ADF know it. */
  readonly fileId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly content: FileContent;
  readonly authorId: string;
  readonly createdAt: string;
}

/** From one issue to another; both sides show it. */
export interface IssueLink {
  readonly id: string;
  /** Name of its type. */
  readonly type: string;
  readonly from: string;
  readonly to: string;
}

export interface RemoteLink {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly relationship: string;
}

/** A field that somebody changed. */
export interface HistoryItem {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

export interface HistoryEntry {
  readonly id: string;
  readonly authorId: string;
  readonly createdAt: string;
  readonly items: readonly HistoryItem[];
}

/** An issue as it is at this moment. */
export interface Issue {
  readonly id: string;
  readonly projectId: string;
  readonly key: string;
  readonly type: string;
  readonly summary: string;
  readonly description: Adf | null;
  readonly status: string;
  readonly priority: string;
  readonly resolution: string | null;
  readonly assigneeId: string | null;
  readonly reporterId: string;
  readonly labels: readonly string[];
  readonly components: readonly string[];
  readonly fixVersions: readonly string[];
  readonly dueDate: string | null;
  readonly parentId: string | null;
  /** Values of custom fields, by id, as the API gives them. */
  readonly custom: Readonly<Record<string, unknown>>;
  /** Hidden from everybody but those who see everything. */
  readonly isRestricted: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly comments: readonly IssueComment[];
  readonly worklogs: readonly Worklog[];
  readonly files: readonly IssueFile[];
  readonly remoteLinks: readonly RemoteLink[];
  readonly history: readonly HistoryEntry[];
}

/** What a new issue is made of; all but the project has a default. */
export interface NewIssue extends Partial<
  Pick<
    Issue,
    | 'type'
    | 'summary'
    | 'description'
    | 'status'
    | 'priority'
    | 'assigneeId'
    | 'labels'
    | 'components'
    | 'fixVersions'
    | 'dueDate'
    | 'parentId'
    | 'custom'
  >
> {
  /** Key of the project. */
  readonly project: string;
  /** One of a recording, where all issues have their own. @default the next one of the project */
  readonly key?: string;
  /** Account id. @default the account of the sandbox */
  readonly by?: string;
}
