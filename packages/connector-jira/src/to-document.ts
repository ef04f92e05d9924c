import { createHash } from 'node:crypto';

import type { SourceDocument } from '@context-sync/core';

import { toFacts } from './field-values.ts';
import type { IssueRow } from './schema.ts';
import { browseUrl } from './site-urls.ts';
import { utcOr, toUtc } from './times.ts';
import { type TextOptions, toContent } from './to-content.ts';

/**
 * Equal for equal content. Whatever people do to an issue makes a new `updated`; the key shows in the
 * text too. What else does, and makes no new `updated`, is in a digest: names of fields, and which of
 * the issues that it is linked to the account may see.
 */
export function revisionOf(
  { key, fields }: IssueRow,
  { table }: Pick<TextOptions, 'table'>,
): string {
  const names = table.texts.filter(({ id }) => fields[id] !== null && fields[id] !== undefined);
  const shown = JSON.stringify([names, fields.parent?.id ?? null, fields.issuelinks ?? []]);
  const digest = createHash('sha256').update(shown).digest('hex').slice(0, 8);
  return `${utcOr(fields.updated)}@${key}#${digest}`;
}

/** An issue as a document. */
export function toDocument(issue: IssueRow, options: TextOptions): SourceDocument {
  const { id, key, fields } = issue;
  const { siteUrl, table } = options;
  const { summary, reporter, security } = fields;
  const url = browseUrl(siteUrl, key);
  return {
    id,
    kind: 'issue',
    title: summary ? `${key}: ${summary}` : key,
    slug: key,
    revision: revisionOf(issue, options),
    parent: fields.parent?.id ?? null,
    url,
    aliases: [key, url],
    createdAt: toUtc(fields.created) ?? null,
    updatedAt: toUtc(fields.updated) ?? null,
    author: reporter ?? null,
    labels: fields.labels ?? [],
    metadata: toFacts(key, fields, table),
    permissions: security ? { visibility: 'restricted' } : null,
    content: (call) => toContent(issue, options, call),
  };
}
