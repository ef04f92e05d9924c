import type { SourceDocument } from '@context-sync/core';

import { toFacts } from './field-values.ts';
import type { IssueRow } from './schema.ts';
import { browseUrl } from './site-urls.ts';
import { utcOr, toUtc } from './times.ts';
import { type TextOptions, toContent } from './to-content.ts';

/**
 * Equal for equal content: whatever happens to an issue makes a new `updated`. The key and the names of
 * fields show in the text too, and a new name of a field does not.
 */
export function revisionOf(
  { key, fields }: IssueRow,
  { table }: Pick<TextOptions, 'table'>,
): string {
  const names = table.texts.filter(({ id }) => fields[id] !== null && fields[id] !== undefined);
  const suffix = names.map(({ name }) => `#${name}`).join('');
  return `${utcOr(fields.updated)}@${key}${suffix}`;
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
    author: reporter
      ? { id: reporter.accountId, name: reporter.displayName ?? reporter.accountId }
      : null,
    labels: fields.labels ?? [],
    metadata: toFacts(key, fields, table),
    permissions: security ? { visibility: 'restricted' } : null,
    content: (call) => toContent(issue, options, call),
  };
}
