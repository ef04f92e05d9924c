import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { adf, type Adf } from './site/issue.ts';
import { JiraSite } from './site/jira-site.ts';
import { issueTypes, statuses } from './site/vocabulary.ts';

const text = z.string().nullish();
const name = z.object({ name: text }).nullish();
const names = z.array(z.object({ name: z.string() })).nullish();
const person = z.object({ displayName: text, name: text }).nullish();

/** A document of ADF, or wiki markup, or plain text. */
const body = z.union([z.string(), z.looseObject({ type: z.literal('doc') })]).nullish();
type Body = z.output<typeof body>;

/** An issue in an answer of the API, version 2 or 3; not every request asked for every field. */
const answered = z
  .object({
    key: z.string().regex(/^[A-Z][A-Z0-9_]*-\d+$/),
    fields: z.object({
      created: z.string(),
      updated: z.string(),
      summary: text,
      description: body,
      status: name,
      issuetype: name,
      labels: z.array(z.string()).nullish(),
      components: names,
      fixVersions: names,
      comment: z.object({ comments: z.array(z.object({ author: person, body })) }).nullish(),
    }),
  })
  .transform(({ key, fields }) => ({
    key,
    summary: fields.summary ?? key,
    description: fields.description,
    status: fields.status?.name ?? '',
    type: fields.issuetype?.name ?? '',
    labels: fields.labels ?? [],
    components: fields.components?.map((each) => each.name) ?? [],
    fixVersions: fields.fixVersions?.map((each) => each.name) ?? [],
    comments: (fields.comment?.comments ?? []).map((comment) => ({
      author: comment.author?.displayName ?? comment.author?.name ?? 'Somebody',
      body: comment.body,
    })),
    links: [] as string[],
  }));
type RecordedIssue = z.output<typeof answered>;

/** The head of an issue in an archive of Markdown files, as the Fluid project keeps one. */
const archived = z
  .object({
    title: z.string(),
    summary: z.string(),
    type: z.string(),
    status: z.string(),
    components: z.array(z.string()),
    fixVersions: z.array(z.string()),
    issueLinks: z.array(z.object({ key: z.string() })),
    comments: z.array(z.object({ author: text, body: z.string() })),
  })
  .transform(({ title: key, issueLinks, comments, ...head }) => ({
    ...head,
    key,
    labels: [],
    comments: comments.map((comment) => ({ ...comment, author: comment.author ?? 'Somebody' })),
    links: issueLinks.map((link) => link.key),
  }));

/**
 * A site that holds recorded issues under their own keys, with their texts, comments and links.
 *
 * The folder holds, at any depth, answers of the API (`*.json`) and issues as Markdown with a head of JSON
 * (`*.md`). Text that is no ADF is served as plain paragraphs. Of an issue that was recorded more than
 * once, the one with the longest record is served.
 *
 * @throws Error when there is no issue in the folder
 */
export function recordedIssues(folder: string): JiraSite {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const found = new Map<string, RecordedIssue>();
  for (const file of files) {
    for (const issue of readFile(join(folder, file))) {
      const known = found.get(issue.key);
      if (known === undefined || sizeOf(issue) > sizeOf(known)) found.set(issue.key, issue);
    }
  }
  if (found.size === 0) throw new Error(`There is no recorded issue in ${folder}.`);
  return toSite([...found.values()]);
}

function sizeOf(issue: RecordedIssue): number {
  return JSON.stringify(issue).length;
}

function readFile(path: string): RecordedIssue[] {
  if (path.endsWith('.json')) return findIssues(JSON.parse(readFileSync(path, 'utf8')));
  if (!path.endsWith('.md')) return [];
  const [, head, description] =
    /^---json\n([^]*?)\n---\n([^]*)$/.exec(readFileSync(path, 'utf8')) ?? [];
  return head === undefined ? [] : [{ ...archived.parse(JSON.parse(head)), description }];
}

/** Every issue in an answer; recordings hold answers as texts too. */
function findIssues(value: unknown): RecordedIssue[] {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return findIssues(JSON.parse(value));
    } catch {
      return []; // A text that only begins like JSON.
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  const issue = answered.safeParse(value).data;
  return [...(issue === undefined ? [] : [issue]), ...Object.values(value).flatMap(findIssues)];
}

function toSite(issues: readonly RecordedIssue[]): JiraSite {
  const site = new JiraSite();
  const people = new Map<string, string>();
  const personOf = (displayName: string): string => {
    const id = people.get(displayName) ?? site.addUser({ name: displayName });
    people.set(displayName, id);
    return id;
  };
  const ids = new Map<string, string>();
  for (const { key, description, status, type, comments, links: _, ...given } of issues) {
    const project = key.slice(0, key.lastIndexOf('-'));
    if (site.project(project) === undefined) site.addProject({ key: project, name: project });
    const id = site.addIssue({
      ...given,
      project,
      key,
      description: toAdf(description),
      status: known(statuses, status, /closed|resolved|complete/i.test(status) ? 'Done' : 'To Do'),
      type: known(issueTypes, type, 'Task'),
    });
    ids.set(key, id);
    for (const comment of comments) {
      const document = toAdf(comment.body) ?? adf();
      site.comments.add(id, { body: document, by: personOf(comment.author) });
    }
  }
  for (const { key, links } of issues) {
    const from = ids.get(key);
    for (const to of links.map((other) => ids.get(other))) {
      if (from !== undefined && to !== undefined) site.link(from, to, 'Relates');
    }
  }
  return site;
}

function known(among: readonly { readonly name: string }[], wanted: string, other: string): string {
  return among.find((each) => each.name === wanted)?.name ?? other;
}

function toAdf(given: Body): Adf | null {
  if (given === null || given === undefined || given === '') return null;
  // A document of the real service is served as it is, whatever is in it.
  return typeof given === 'string' ? adf(...given.split(/\r?\n/)) : (given as unknown as Adf);
}
