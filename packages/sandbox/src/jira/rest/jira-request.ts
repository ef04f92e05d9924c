import type { Principal } from '../../access/principal.ts';
import type { Tampering } from '../../faults/tampering.ts';
import type { Issue, IssueComment, Project } from '../site/issue.ts';
import type { JiraSite } from '../site/jira-site.ts';

/** How much a site gives in one answer. */
export interface JiraLimits {
  /** Rows of a search that asks for ids and keys alone. */
  readonly ids: number;
  /** Rows of a search that asks for fields. */
  readonly rows: number;
  /** Comments inside an issue. */
  readonly embeddedComments: number;
  /** Worklogs inside an issue. */
  readonly embeddedWorklogs: number;
  /** Changes inside an issue. */
  readonly embeddedChanges: number;
  /** Comments on one page. */
  readonly comments: number;
}

export const defaultJiraLimits: JiraLimits = {
  ids: 5000,
  rows: 100,
  embeddedComments: 20,
  embeddedWorklogs: 20,
  embeddedChanges: 40,
  comments: 5000,
};

/** Of Data Center; `rows` is the setting `jira.search.views.default.max`. */
export const serverLimits: JiraLimits = {
  ...defaultJiraLimits,
  rows: 1000,
  embeddedComments: Infinity,
  embeddedChanges: Infinity,
};

/** A request that passed the credentials, as handlers see it. */
export interface JiraRequest {
  readonly site: JiraSite;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The `{…}` parts of the route. */
  readonly params: Readonly<Record<string, string>>;
  /** What was posted, read as JSON; `undefined` when nothing was. */
  readonly posted: unknown;
  /** The site's address. */
  readonly baseUrl: string;
  readonly mediaUrl: string;
  readonly principal: Principal;
  readonly limits: JiraLimits;
  readonly tampering: Tampering;
}

/** Account id of whoever asks. */
export function askerOf({ site, principal }: Pick<JiraRequest, 'site' | 'principal'>): string {
  return principal.accountId ?? site.account.accountId;
}

export function seesProject(
  { principal }: Pick<JiraRequest, 'principal'>,
  project: Project,
): boolean {
  return principal.spaces === undefined || principal.spaces.includes(project.key);
}

/** Whether an issue can be read by id; one of an archived project can. */
export function seesIssue(request: JiraRequest, issue: Issue): boolean {
  const project = request.site.project(issue.projectId);
  const isHidden = issue.isRestricted || request.principal.hiddenIds?.includes(issue.id);
  return project !== undefined && seesProject(request, project) && isHidden !== true;
}

/** Comments for others only are left out everywhere. */
export function visibleComments(request: JiraRequest, issue: Issue): readonly IssueComment[] {
  const { groups } = request.site.people.get(askerOf(request));
  return issue.comments.filter(
    ({ visibility }) => visibility?.type !== 'group' || groups.includes(visibility.value),
  );
}
