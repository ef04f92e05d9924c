import type { CallContext, Content, Lossy } from '@context-sync/core';
import { contextLink, type ConvertedBody, type StorageReferences } from '@context-sync/markdown';

import {
  type AdfNode,
  bulletList,
  card,
  document,
  heading,
  link,
  paragraph,
  person,
  text,
} from './adf-nodes.ts';
import { convertBody } from './body-text.ts';
import type { FieldTable } from './field-table.ts';
import type { IssueExtras } from './issue-extras.ts';
import { issueReferences } from './references.ts';
import type { HistoryEntry, IssueLink, IssueRow, RemoteLink, User, Worklog } from './schema.ts';
import { browseUrl } from './site-urls.ts';
import { utcOr } from './times.ts';

/** What the text of an issue is made from besides the issue. */
export interface TextOptions {
  readonly siteUrl: string;
  readonly table: FieldTable;
  /** What comes with requests of its own. */
  readonly readExtras: (issue: IssueRow, call: CallContext) => Promise<IssueExtras>;
}

/** A section, as Markdown or as what makes it. */
type Section = { readonly body: unknown } | Pick<ConvertedBody, 'markdown' | 'lossy'>;

/** The text of an issue: its description, its long fields, and what it is linked to. */
export async function toContent(
  issue: IssueRow,
  { siteUrl, table, readExtras }: TextOptions,
  call: CallContext,
): Promise<Content> {
  const { fields } = issue;
  const references = withKnownIssues(
    issueReferences({ siteUrl, issueId: issue.id }),
    siteUrl,
    issue,
  );
  const extras = await readExtras(issue, call);
  const long = [
    ...table.texts.map(({ id, name }) => ({ name, value: fields[id] })),
    { name: 'Environment', value: fields.environment },
  ].filter(({ value }) => value !== null && value !== undefined && value !== '');
  const sections: Section[] = [
    { body: fields.description },
    ...long.flatMap(({ name, value }) => [{ body: document(heading(name)) }, { body: value }]),
    ...section('Links', links(siteUrl, fields.issuelinks ?? [])),
    ...section('Web links', extras.remoteLinks.map(webLink)),
    ...section('Details', details(siteUrl, issue)),
    ...workLog(extras.worklogs, references),
    ...section('History', extras.history.map(changed)),
    // Last, since it leaves a gap where nothing lies below.
    children(issue),
  ];
  return {
    ...joinSections(sections, references),
    metadata: {
      ...(fields.assignee ? { assignee: mention(fields.assignee) } : {}),
      ...(fields.reporter ? { reporter: mention(fields.reporter) } : {}),
    },
  };
}

/** The text of a comment, or whatever stands alone. */
export function toText(
  body: unknown,
  subject: Parameters<typeof issueReferences>[0],
): Pick<Content, 'markdown' | 'lossy'> {
  const { markdown, lossy } = convertBody(body, issueReferences(subject));
  return { markdown, lossy };
}

function joinSections(
  sections: readonly Section[],
  references: StorageReferences,
): Pick<Content, 'markdown' | 'lossy'> {
  const parts = sections.map((each) =>
    'markdown' in each ? each : convertBody(each.body, references),
  );
  const lossy = new Map<string, number>();
  for (const { construct, count } of parts.flatMap((part): readonly Lossy[] => part.lossy)) {
    lossy.set(construct, (lossy.get(construct) ?? 0) + count);
  }
  const texts = parts.map(({ markdown }) => markdown.trimEnd()).filter((each) => each !== '');
  return {
    markdown: texts.length === 0 ? '' : `${texts.join('\n\n')}\n`,
    lossy: [...lossy].map(([construct, count]) => ({ construct, count })),
  };
}

function section(name: string, items: readonly (readonly AdfNode[])[]): Section[] {
  return items.length === 0 ? [] : [{ body: document(heading(name), bulletList(items)) }];
}

/** What lies below an issue the mirror knows: it may come and go without a change of the issue. */
function children({ id }: IssueRow): Section {
  const link = contextLink('children', id, { query: { heading: 'Child issues' } });
  return { markdown: `[](${link})`, lossy: [] };
}

function links(siteUrl: string, all: readonly IssueLink[]): AdfNode[][] {
  return all.flatMap(({ type, inwardIssue, outwardIssue }) => {
    const other = outwardIssue ?? inwardIssue;
    if (!other) return [];
    const words = (outwardIssue ? type.outward : type.inward) ?? type.name ?? 'is linked to';
    return [[paragraph(...text(`${words} `), card(browseUrl(siteUrl, other.key)))]];
  });
}

/** Issues that are linked are known by their ids, which a new key does not change. */
function withKnownIssues(
  references: StorageReferences,
  siteUrl: string,
  { fields }: IssueRow,
): StorageReferences {
  const linked = (fields.issuelinks ?? []).flatMap((each) => [each.inwardIssue, each.outwardIssue]);
  const known = new Map(
    [fields.parent, ...linked].flatMap((other) => {
      if (!other?.id) return [];
      const url = browseUrl(siteUrl, other.key);
      return [[url, contextLink('doc', other.id, { url, title: other.key })] as const];
    }),
  );
  return { ...references, url: (href) => known.get(href) ?? references.url(href) };
}

function details(siteUrl: string, { fields }: IssueRow): AdfNode[][] {
  const { assignee, reporter, parent } = fields;
  const rows: readonly (readonly [string, AdfNode | undefined])[] = [
    ['Assignee', assignee ? person(assignee) : undefined],
    ['Reporter', reporter ? person(reporter) : undefined],
    ['Parent', parent ? card(browseUrl(siteUrl, parent.key)) : undefined],
  ];
  return rows.flatMap(([name, value]) =>
    value === undefined ? [] : [[paragraph(...text(`${name}: `), value)]],
  );
}

function webLink({ object, relationship }: RemoteLink): AdfNode[] {
  const words = relationship ? text(`${relationship} `) : [];
  return [paragraph(...words, link(object.url, object.title || object.url))];
}

/** Each entry may say something, in either form. */
function workLog(entries: readonly Worklog[], references: StorageReferences): Section[] {
  if (entries.length === 0) return [];
  const parts = entries.flatMap(({ author, comment, started, timeSpent, timeSpentSeconds }) => {
    const time = timeSpent ?? `${timeSpentSeconds ?? 0} s`;
    const head = paragraph(...text(`${utcOr(started)} `), ...by(author), ...text(`: ${time}`));
    const [said, what] = [document(head), comment].map((body) => convertBody(body, references));
    const lines = [said, what].map((part) => part?.markdown.trim() ?? '').filter(Boolean);
    const markdown = `- ${lines.join('\n\n').replaceAll(/\n(?=.)/g, '\n  ')}`;
    return { markdown, lossy: [...(said?.lossy ?? []), ...(what?.lossy ?? [])] };
  });
  const markdown = parts.map((part) => part.markdown).join('\n');
  const lossy = parts.flatMap((part) => part.lossy);
  return [{ body: document(heading('Work log')) }, { markdown, lossy }];
}

function changed({ author, created, items }: HistoryEntry): AdfNode[] {
  const changes = items.map(({ field, from, to }) => `${field}: ${from || '–'} → ${to || '–'}`);
  return [
    paragraph(...text(`${utcOr(created)} `), ...by(author), ...text(`: ${changes.join('; ')}`)),
  ];
}

function by(author: User | null | undefined): AdfNode[] {
  return author ? [person(author)] : text('somebody');
}

/** Becomes the present name; see `Content.metadata` in the contract. */
function mention({ id, name }: User): string {
  return id === undefined ? name : `[](${contextLink('user', id)})`;
}
