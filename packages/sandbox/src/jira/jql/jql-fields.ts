import { readDate, readOffset } from '../../cql/dates.ts';
import type { Issue } from '../site/issue.ts';
import type { JiraSite } from '../site/jira-site.ts';
import { named, statusCategories, statuses } from '../site/vocabulary.ts';
import { badJql } from './bad-jql.ts';

export type JqlTest = (issue: Issue) => boolean;

/** What the meaning of a query depends on. */
export interface JqlContext {
  readonly site: JiraSite;
  /** Account id of whoever asks. */
  readonly accountId: string;
  /** Of whoever asks: quoted dates are read in it. */
  readonly timeZone: string;
  /** Data Center: an epic is no `parent`, and what the query names may be absent. */
  readonly isServer?: boolean;
  readonly isLenient?: boolean;
}

/** A value of a query; `call` is the function that it is the argument of. */
export interface JqlValue {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly call: string | undefined;
}

interface JqlComparison {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly JqlValue[];
}

type MakeTest = (comparison: JqlComparison, context: JqlContext) => JqlTest;

/** A field that has one or more of a set of words. */
function wordField(
  wordsOf: (issue: Issue, context: JqlContext) => readonly string[],
  readValue: (value: JqlValue, context: JqlContext, field: string) => string = ({ text }) => text,
): MakeTest {
  return ({ field, operator, values }, context) => {
    const isEmpty = values.some(({ text, isQuoted }) => !isQuoted && /^(empty|null)$/i.test(text));
    const isNegated = ['!=', 'not in', 'is not', '!~'].includes(operator);
    if (isEmpty) return (issue) => (wordsOf(issue, context).length === 0) !== isNegated;
    const wanted = new Set(values.map((value) => readValue(value, context, field).toLowerCase()));
    if (operator.endsWith('~')) {
      return (issue) =>
        wordsOf(issue, context).some((own) =>
          [...wanted].some((word) => own.toLowerCase().includes(word)),
        ) !== isNegated;
    }
    if (!['=', '!=', 'in', 'not in'].includes(operator)) {
      throw badJql(`The operator '${operator}' is not supported by the '${field}' field.`);
    }
    return (issue) =>
      wordsOf(issue, context).some((own) => wanted.has(own.toLowerCase())) !== isNegated;
  };
}

const projectField = wordField(
  ({ projectId }) => [projectId],
  ({ text }, { site }) => {
    const project = site.project(text);
    if (project === undefined || project.isArchived) {
      throw badJql(`The value '${text}' does not exist for the field 'project'.`);
    }
    return project.id;
  },
);

const issueField = wordField(
  ({ id }) => [id],
  ({ text }, { site, isLenient = false }, field) => {
    const found = site.findIssue(text);
    // A number is an id, of which the index may know no more; a key must be there.
    if (found === undefined && !isLenient && !/^\d+$/.test(text)) {
      throw badJql(`An issue with key '${text}' does not exist for field '${field}'.`);
    }
    return found?.id ?? text;
  },
);

const userField = (idOf: (issue: Issue) => string | null): MakeTest =>
  wordField(
    (issue) => [idOf(issue) ?? []].flat(),
    ({ text, call }, { accountId }) => (call === 'currentuser' ? accountId : text),
  );

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '<': (left, right) => left < right,
};

/** An unquoted number is milliseconds of the epoch; a quoted date knows minutes, in the user's zone. */
function readTime(
  { text, isQuoted, call }: JqlValue,
  { site, timeZone }: JqlContext,
): { time: number; isMinute: boolean } {
  const now = Date.parse(site.clock.now());
  if (call === 'now') return { time: now, isMinute: false };
  if (!isQuoted && /^\d+$/.test(text)) return { time: Number(text), isMinute: false };
  if (/^-\d+[mhdw]$/.test(text)) return { time: now + readOffset(text), isMinute: true };
  return readDate(text, timeZone);
}

function dateField(timeOf: (issue: Issue) => string): MakeTest {
  return ({ field, operator, values: [value] }, context) => {
    const compare = comparisons[operator];
    if (compare === undefined || value === undefined) {
      throw badJql(`The operator '${operator}' is not supported by the '${field}' field.`);
    }
    const { time, isMinute } = readTime(value, context);
    const precision = isMinute ? 60_000 : 1;
    return (issue) => {
      const own = Date.parse(timeOf(issue));
      return compare(own - (own % precision), time);
    };
  };
}

/** The epic that an issue lies in. */
function epicOf({ parentId }: Issue, site: JiraSite): Issue | undefined {
  const parent = parentId === null ? undefined : site.findIssue(parentId);
  return parent?.type === 'Epic' ? parent : undefined;
}

function categoryOf({ status }: Issue): string {
  return statusCategories[named(statuses, status).category].name;
}

/** The fields of JQL that mirrors use. */
export const jqlFields: Readonly<Record<string, MakeTest>> = {
  project: projectField,
  id: issueField,
  key: issueField,
  issue: issueField,
  issuekey: issueField,
  parent: wordField(
    (issue, { site, isServer = false }) =>
      isServer && epicOf(issue, site) !== undefined ? [] : [issue.parentId ?? []].flat(),
    ({ text }, { site }) => site.findIssue(text)?.id ?? text,
  ),
  'cf[10014]': wordField(
    (issue, { site }) => [epicOf(issue, site)?.id ?? []].flat(),
    ({ text }, { site }) => site.findIssue(text)?.id ?? text,
  ),
  type: wordField(({ type }) => [type]),
  issuetype: wordField(({ type }) => [type]),
  status: wordField(({ status }) => [status]),
  statuscategory: wordField((issue) => [categoryOf(issue)]),
  priority: wordField(({ priority }) => [priority]),
  resolution: wordField(
    ({ resolution }) => [resolution ?? 'unresolved'],
    ({ text }) => text,
  ),
  labels: wordField(({ labels }) => labels),
  component: wordField(({ components }) => components),
  fixversion: wordField(({ fixVersions }) => fixVersions),
  assignee: userField(({ assigneeId }) => assigneeId),
  reporter: userField(({ reporterId }) => reporterId),
  summary: wordField(({ summary }) => [summary]),
  text: wordField(({ summary, description }) => [summary, JSON.stringify(description)]),
  created: dateField(({ createdAt }) => createdAt),
  updated: dateField(({ updatedAt }) => updatedAt),
};

/** Numbers of keys count as numbers. */
function compareKeys(left: Issue, right: Issue): number {
  const [leftProject = '', leftNumber] = left.key.split('-');
  const [rightProject = '', rightNumber] = right.key.split('-');
  if (leftProject !== rightProject) return leftProject < rightProject ? -1 : 1;
  return Number(leftNumber) - Number(rightNumber);
}

const compareTexts = (left: string, right: string): number =>
  Number(left > right) - Number(left < right);

/** What `order by` knows. */
export const jqlOrders: Readonly<Record<string, (left: Issue, right: Issue) => number>> = {
  key: compareKeys,
  issuekey: compareKeys,
  id: (left, right) => Number(left.id) - Number(right.id),
  updated: (left, right) => compareTexts(left.updatedAt, right.updatedAt),
  created: (left, right) => compareTexts(left.createdAt, right.createdAt),
  summary: (left, right) => compareTexts(left.summary, right.summary),
  status: (left, right) => compareTexts(left.status, right.status),
  priority: (left, right) => compareTexts(left.priority, right.priority),
};
