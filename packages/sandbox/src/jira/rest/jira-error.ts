import { jsonHeaders } from '../../http/html.ts';
import type { Reply } from '../../http/reply.ts';

/** A request that Jira refuses. */
export class JiraError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** An issue that is not there or hidden: Jira does not tell them apart. */
export function noIssue(): JiraError {
  return new JiraError(404, 'Issue does not exist or you do not have permission to see it.');
}

export function jiraErrorReply({ status, message }: JiraError): Reply {
  const body = JSON.stringify({ errorMessages: [message], errors: {} });
  return { status, headers: jsonHeaders, body };
}
