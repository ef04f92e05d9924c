import { ConnectorError, type HttpClientOptions, type HttpExplanation } from '@context-sync/core';

import { ErrorBody } from './schema.ts';

type Answer = Parameters<NonNullable<HttpClientOptions['explain']>>[0];

/** Scopes of a token that reads what this connector reads. */
const tokenScopes =
  'read:space:confluence, read:page:confluence, read:folder:confluence, search:confluence and read:confluence-user';

const checkToken =
  'Check auth.username (the e-mail address of the account) and auth.token; make a new token at https://id.atlassian.com/manage-profile/security/api-tokens.';

/**
 * Says what a refusal of Confluence Cloud means. The service does not say "wrong token": to a token
 * that it refuses v2 knows nothing (404 with the bare title `Not Found`, where a page that is gone
 * has its id in the title), and v1 lets nobody in (403). Measured in
 * https://github.com/mozilla/markfluence/tree/main/docs/confluence.
 */
export function explainRefusal({ status, headers, body }: Answer): HttpExplanation | undefined {
  const text = readText(body);
  if (status === 401) return explainUnauthorized(headers['content-type'] ?? '', text);
  if (status === 403 && text?.includes('cannot access Confluence')) {
    return {
      code: 'auth',
      message: 'Confluence lets nobody in with this e-mail address and token.',
      hint: checkToken,
    };
  }
  if (status === 404 && text === 'Not Found') {
    return {
      code: 'auth',
      message: 'Confluence answered as it does to a token that is wrong, expired or revoked.',
      hint: checkToken,
    };
  }
  return text === undefined ? undefined : { message: `Confluence says: ${text.slice(0, 300)}` };
}

function explainUnauthorized(contentType: string, text: string | undefined): HttpExplanation {
  if (text?.includes('scope does not match')) {
    return {
      code: 'auth',
      message: 'The API token lacks a scope for this request.',
      hint: `Give the token the scopes ${tokenScopes}, or use one without scopes.`,
    };
  }
  if (contentType.includes('html')) {
    return {
      code: 'auth',
      message:
        'The site refused the token with a web page, as it does for a token with scopes, which only works at api.atlassian.com.',
      hint: 'Use an API token without scopes: "Create API token" at https://id.atlassian.com/manage-profile/security/api-tokens.',
    };
  }
  return {
    code: 'auth',
    message: 'Confluence refused the e-mail address and token.',
    hint: checkToken,
  };
}

/** The service, or the scopes of the token, do not allow this request: another way may. */
export function isRefusal(error: unknown): boolean {
  return ConnectorError.is(error) && [400, 401, 403, 404].includes(error.status ?? 0);
}

function readText(body: unknown): string | undefined {
  const read = ErrorBody.safeParse(body);
  if (!read.success) return undefined;
  return read.data.errors?.[0]?.title ?? read.data.message ?? undefined;
}
