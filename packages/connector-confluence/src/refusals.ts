import type { HttpClientOptions, HttpExplanation } from '@context-sync/core';

import type { AuthMethod } from './auth-config.ts';
import { says, spaceGone } from './refusal-words.ts';
import { ErrorBody } from './schema.ts';
import { explainServerRefusal, serverCredentials } from './server-refusals.ts';
import { scopeOf } from './token-scopes.ts';

type Answer = Parameters<NonNullable<HttpClientOptions['explain']>>[0];

/** How requests reach Confluence, which decides what a refusal may mean. */
export interface Access {
  readonly method: AuthMethod;
  readonly viaGateway: boolean;
  /** Data Center. */
  readonly isServer?: boolean;
}

const tokenPage = 'https://id.atlassian.com/manage-profile/security/api-tokens';

/** What was refused, and what a person can do about it. */
const credentials: Readonly<
  Record<AuthMethod, { name: string; mend: string; atSite?: string; atGateway: string }>
> = {
  basic: {
    name: 'this e-mail address and token',
    mend: `Check auth.username (the e-mail address of the account) and auth.token; make a new token at ${tokenPage}.`,
    atGateway: 'If the token has no scopes, remove "gateway" from the config.',
  },
  bearer: {
    name: 'this token',
    mend: 'Check auth.token: an OAuth access token lasts an hour, so get a new one. An API token needs its account beside it, in auth.username (CONFLUENCE_USERNAME).',
    atSite: 'OAuth tokens only work at api.atlassian.com: write "gateway: true" beside baseUrl.',
    atGateway: 'If the token belongs to the site itself, remove "gateway" from the config.',
  },
  cookie: {
    name: 'this cookie',
    mend: 'The session has ended, most likely: sign in again in the browser, copy the cookie of the site anew and put it into the variable of auth.cookie.',
    atGateway: 'A cookie belongs to the site itself: remove "gateway" from the config.',
  },
};

/**
 * Says what a refusal of Confluence Cloud means. The service does not say "wrong token": to a token
 * that it refuses v2 knows nothing (404 with the bare title `Not Found`, where a page that is gone
 * has its id in the title), and v1 lets nobody in (403). Measured in
 * https://github.com/mozilla/markfluence/tree/main/docs/confluence.
 */
export function explainRefusal(answer: Answer, access: Access): HttpExplanation | undefined {
  const { status, headers, body, path } = answer;
  const text = readText(body);
  if (access.isServer) return explainServerRefusal(answer, { text, method: access.method });
  const name = nameOf(access);
  if (status === 401 && text?.includes('scope does not match')) return missingScope(path);
  if (status === 401 && (headers['content-type'] ?? '').includes('html')) return webPage(access);
  if (status === 401) return refused(`Confluence refused ${name}.`, access);
  if (status === 403 && text?.includes('cannot access Confluence')) {
    return refused(`Confluence lets nobody in with ${name}.`, access);
  }
  if (status === 404 && text === 'Not Found') {
    const message = `Confluence answered as it does when ${name} is wrong, expired or revoked.`;
    return refused(message, access);
  }
  if (status === 404 && text === undefined && path.startsWith('/api/v2/')) return notConfluence;
  if (status === 404 && /^\/api\/v2\/spaces\/[^/]+\//.test(path)) return spaceGone(text);
  return text === undefined ? undefined : { message: says(text) };
}

/** v2 says in JSON what it does not find; a 404 without that comes from something before it. */
const notConfluence: HttpExplanation = {
  code: 'transient',
  message: 'Something before Confluence answered, as a proxy does when it finds no service.',
  hint: 'Run the same command again; if it stays, check baseUrl and the proxy. Nothing was removed.',
};

function refused(message: string, access: Access): HttpExplanation {
  return { code: 'auth', message, hint: mendCredentials(access) };
}

/** The credentials in words, e.g. "this token". */
export function nameOf({ method, isServer }: Access): string {
  return (isServer ? serverCredentials : credentials)[method].name;
}

/** What to do about credentials that are refused. */
export function mendCredentials({ method, viaGateway, isServer }: Access): string {
  if (isServer) return serverCredentials[method].mend;
  const { mend, atSite, atGateway } = credentials[method];
  const place = viaGateway ? atGateway : atSite;
  return place === undefined ? mend : `${mend} ${place}`;
}

function missingScope(path: string): HttpExplanation {
  const scope = scopeOf(path);
  const which = scope === undefined ? 'a scope' : `the scope ${scope}`;
  return {
    code: 'auth',
    message: `The token lacks ${which} for this request.`,
    hint: mendScope(scope),
  };
}

/** What to do about a scope that is missing. */
export function mendScope(scope: string | undefined): string {
  const which = scope === undefined ? 'all the scopes that this connector needs' : `also ${scope}`;
  return `Make a token with ${which}: "Create API token with scopes" at ${tokenPage}, or add it to the OAuth app. "context-sync doctor" tells every scope that is missing.`;
}

/** The site has an answer in JSON for every token but one with scopes. */
function webPage(access: Access): HttpExplanation {
  if (access.viaGateway || access.method === 'cookie') {
    return refused(`Confluence refused ${nameOf(access)} with a web page.`, access);
  }
  return {
    code: 'auth',
    message:
      'The site refused the token with a web page, as it does for a token with scopes, which only works at api.atlassian.com.',
    hint: `Write "gateway: true" beside baseUrl (or set CONFLUENCE_GATEWAY=true); or use a token without scopes: "Create API token" at ${tokenPage}.`,
  };
}

function readText(body: unknown): string | undefined {
  const read = ErrorBody.safeParse(body);
  if (!read.success) return undefined;
  return read.data.errors?.[0]?.title ?? read.data.message ?? undefined;
}
