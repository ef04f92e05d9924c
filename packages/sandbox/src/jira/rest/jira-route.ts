import type { ApiAnswer, Route } from '../../http/route.ts';
import type { JiraRequest } from './jira-request.ts';

/** One endpoint. Paths are those of the vendor's reference, `{id}` stands for one part. */
export interface JiraRoute extends Pick<Route, 'method' | 'path' | 'isPublic' | 'scopes'> {
  readonly answer: (request: JiraRequest) => Omit<ApiAnswer, 'body'> & { readonly body: object };
}

/** Scopes of almost every route: https://developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3LO-and-forge-apps/ */
export const readWork = ['read:jira-work'];
export const readUser = ['read:jira-user'];
