import type { ApiError } from '../http/api-error.ts';
import { htmlHeaders, htmlPage, jsonHeaders } from '../http/html.ts';
import type { Reply } from '../http/reply.ts';

const reasonHeader = 'x-seraph-loginreason';
const failed = { [reasonHeader]: 'AUTHENTICATED_FAILED' };

/** What a person sees who has to sign in, and what a client gets that follows there. */
export const loginPage: Reply = {
  status: 200,
  headers: { ...htmlHeaders, ...failed },
  body: htmlPage('Log In - Confluence', 'Log in'),
};

/** A name and password, or a token, that do not hold. */
function badCredentials(): Reply {
  const title = 'HTTP Status 401 – Unauthorized';
  const realm = 'OAuth realm="https%3A%2F%2Fconfluence"';
  const headers = { ...htmlHeaders, ...failed, 'www-authenticate': realm };
  return { status: 401, headers, body: htmlPage(title, title) };
}

/** A session that is gone, as single sign-on handles it. */
function toLogin(contextPath: string, target: string): Reply {
  const location = `${contextPath}/login.action?os_destination=${encodeURIComponent(target)}`;
  return { status: 302, headers: { [reasonHeader]: 'AUTHENTICATED_FAILED', location }, body: '' };
}

/** What somebody is told who is not let in; it depends on what they carried. */
export function strangerReply(
  carried: { readonly authorization: boolean; readonly cookie: boolean },
  { contextPath, path }: { readonly contextPath: string; readonly path: string },
): Reply {
  if (carried.authorization) return badCredentials();
  if (carried.cookie) return toLogin(contextPath, path);
  const message =
    'com.atlassian.confluence.api.service.exceptions.PermissionException: Not permitted to use confluence : null';
  const body = JSON.stringify({ statusCode: 403, message, reason: 'Forbidden' });
  return { status: 403, headers: jsonHeaders, body };
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Internal Server Error',
};

export function errorReply({ status, message }: ApiError): Reply {
  const data = { authorized: true, valid: status !== 400, errors: [], successful: false };
  const text = `com.atlassian.confluence.api.service.exceptions: ${message}`;
  const reason = reasons[status] ?? '';
  const body = JSON.stringify({ statusCode: status, data, message: text, reason });
  return { status, headers: jsonHeaders, body };
}
