import type { HttpClientOptions, HttpRequest } from '@context-sync/core';

/** Most rows of a search that asks for ids alone: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/ */
export const maxIds = 5000;

/** Rows asked for of a search of Data Center; the server may give fewer: `jira.search.views.default.max`, 1000 as it is installed. */
export const maxServerIds = 1000;

/** Most issues read at once: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
export const maxIssues = 100;

/** An issue has at most so many comments, so one page is asked for: https://support.atlassian.com/jira-cloud-administration/docs/issue-limits/ */
export const maxComments = 5000;

/** Most projects on one page, and most keys in one request. */
export const maxProjects = { page: 100, keys: 50 };

/** Most people in one request. */
export const maxUsers = 100;

/** Bulk requests that run at once. */
export const parallelReads = 4;

/**
 * How fast is polite. A token may start 100 requests a second on each endpoint of a site
 * (https://developer.atlassian.com/cloud/jira/platform/rate-limiting/); a fifth leaves room for others.
 */
export const limits: NonNullable<HttpClientOptions['limits']> = {
  requestsPerSecond: 20,
  concurrency: 4,
};

/** A POST that only asks, so it may be repeated. */
export function asQuestion(request: HttpRequest): HttpRequest {
  return { ...request, method: 'POST', idempotent: true };
}
