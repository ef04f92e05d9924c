import type { CallContext, PartsEvent, PeopleEvent, UpsertEvent } from '@context-sync/core';

import { toAttachmentDocument } from './attachments.ts';
import type { JiraClient } from './client.ts';
import { readComments, toCommentDocument } from './comments.ts';
import type { JiraConfig } from './config.ts';
import type { FieldTable } from './field-table.ts';
import { readExtras } from './issue-extras.ts';
import { type PeopleNames, peopleOf } from './people.ts';
import type { IssueRow } from './schema.ts';
import type { TextOptions } from './to-content.ts';
import { toDocument } from './to-document.ts';

/** What issues are made into documents with. */
export interface IssueContext {
  readonly client: JiraClient;
  readonly config: JiraConfig;
  readonly names: PeopleNames;
  readonly table: FieldTable;
}

export function textOptions({ client, config, table }: IssueContext): TextOptions {
  return {
    siteUrl: config.baseUrl,
    table,
    readExtras: (issue, call) => readExtras(client, config, issue, call),
  };
}

/**
 * An issue with its comments and attachments. The issue comes last: as long as its revision is not
 * known, what belongs to it is read again.
 */
export async function* toEvents(
  issue: IssueRow,
  context: IssueContext,
  call: CallContext,
): AsyncGenerator<UpsertEvent | PartsEvent | PeopleEvent> {
  const { client, config, names } = context;
  const { baseUrl: siteUrl, attachments: options } = config;
  const comments = config.comments ? await readComments(client, issue, call) : [];
  const files = issue.fields.attachment ?? [];
  const parts = [
    ...comments.map((comment) => toCommentDocument(comment, issue, siteUrl)),
    ...files.map((file) => toAttachmentDocument(file, issue.id, { client, siteUrl, options })),
  ];
  const people = names.note(peopleOf(issue, comments));
  if (people.length > 0) yield { type: 'people', people };
  for (const document of parts) yield { type: 'upsert', document };
  yield { type: 'parts', of: issue.id, ids: parts.map(({ id }) => id) };
  yield { type: 'upsert', document: toDocument(issue, textOptions(context)) };
}
