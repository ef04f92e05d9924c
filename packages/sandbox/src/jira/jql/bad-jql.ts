import { JiraError } from '../rest/jira-error.ts';

/** A query that Jira refuses, in Jira's words. */
export function badJql(message: string): JiraError {
  return new JiraError(400, message);
}
