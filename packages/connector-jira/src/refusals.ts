import type { HttpClientOptions, HttpExplanation } from '@context-sync/core';

import type { AuthMethod } from './auth-config.ts';
import { ErrorBody } from './schema.ts';

type Answer = Parameters<NonNullable<HttpClientOptions['explain']>>[0];

/** How requests reach Jira, which decides what a refusal may mean. */
export interface Access {
  readonly method: AuthMethod;
  readonly viaGateway: boolean;
  /** Data Center. */
  readonly isServer?: boolean;
}

const tokenPage = 'https://id.atlassian.com/manage-profile/security/api-tokens';

/** What was refused, and what a person can do about it. */
const credentials: Readonly<Record<AuthMethod, { name: string; mend: string }>> = {
  basic: {
    name: 'this e-mail address and token',
    mend: `Check auth.username (the e-mail address of the account) and auth.token; make a new token at ${tokenPage}. A token with scopes wants "gateway: true" beside baseUrl, one without works at the site alone.`,
  },
  bearer: {
    name: 'this token',
    mend: 'Check auth.token: an OAuth access token lasts an hour, and only works with "gateway: true". An API token needs its account beside it, in auth.username (JIRA_USERNAME).',
  },
  cookie: {
    name: 'this cookie',
    mend: 'The session has ended, most likely: sign in again in the browser, copy the cookie of the site anew and put it into the variable of auth.cookie.',
  },
};

/** The same of Data Center, where accounts have names, and tokens stand alone. */
const serverCredentials: typeof credentials = {
  basic: {
    name: 'this user name and password',
    mend: 'Check auth.username (the name, not the e-mail address) and auth.token, which holds the password. A personal access token stands alone: remove auth.username. After several wrong tries Jira asks for a CAPTCHA: sign in once in the browser.',
  },
  bearer: {
    name: 'this personal access token',
    mend: 'Check auth.token: make a new one in Jira under "Profile", "Personal Access Tokens". They exist from Jira 8.14 on and may expire.',
  },
  cookie: {
    name: 'this cookie',
    mend: credentials.cookie.mend,
  },
};

function wordsOf({ method, isServer = false }: Access): { name: string; mend: string } {
  return (isServer ? serverCredentials : credentials)[method];
}

/** The credentials in words, e.g. "this token". */
function nameOf(access: Access): string {
  return wordsOf(access).name;
}

/** What to do about credentials that are refused. */
export function mendCredentials(access: Access): string {
  return wordsOf(access).mend;
}

/** The path of the query, which alone may be wrong in it. */
const searchPath = /\/search(\/jql)?$/;

/** Says what a refusal of Jira means. It tells strangers 401, and names what is wrong with a query. */
export function explainRefusal(answer: Answer, access: Access): HttpExplanation | undefined {
  const { status, body, path } = answer;
  const text = readText(body);
  if (status === 401 && text?.includes('scope does not match')) return missingScope(path);
  if (isScopedToken(answer, access)) return scopedToken;
  if (status === 401) {
    const message = `Jira refused ${nameOf(access)}.`;
    return { code: 'auth', message, hint: mendCredentials(access) };
  }
  if (status === 400 && searchPath.test(path)) {
    return {
      code: 'config',
      message: `Jira refuses the query. It says: ${text ?? 'nothing more.'}`,
      hint: 'Try it in the search of Jira ("Filters", "Advanced issue search"), then correct "jql" in the config.',
    };
  }
  return text === undefined ? undefined : { message: `Jira says: ${text.slice(0, 300)}` };
}

/** Jira gives the reason why it lets nobody in; what stands before it, and knows scopes, gives none. */
function isScopedToken({ status, headers }: Answer, access: Access): boolean {
  const { method, viaGateway, isServer = false } = access;
  const isPage = headers['content-type']?.includes('html') === true;
  const hasReason = headers['x-seraph-loginreason'] !== undefined;
  const isSite = method === 'basic' && !viaGateway && !isServer;
  return status === 401 && isSite && isPage && !hasReason;
}

const scopedToken: HttpExplanation = {
  code: 'auth',
  message:
    'The site refused the token with a web page, as it does for a token with scopes, which only works at api.atlassian.com.',
  hint: `Write "gateway: true" beside baseUrl (or set JIRA_GATEWAY=true); or use a token without scopes: "Create API token" at ${tokenPage}.`,
};

const missing = 'The token lacks the scope';

/** Whether a failure is one of {@link explainRefusal} that says so. */
export function isMissingScope({ message }: { readonly message: string }): boolean {
  return message.startsWith(missing);
}

function missingScope(path: string): HttpExplanation {
  const scope = /\/(myself|user\/bulk)$/.test(path) ? 'read:jira-user' : 'read:jira-work';
  return {
    code: 'auth',
    message: `${missing} ${scope} for this request.`,
    hint: `Make a token with the scopes read:jira-work and read:jira-user: "Create API token with scopes" at ${tokenPage}, or add them to the OAuth app.`,
  };
}

function readText(body: unknown): string | undefined {
  const read = ErrorBody.safeParse(body);
  if (!read.success) return undefined;
  const { errorMessages = [], errors = {}, message } = read.data;
  const fields = Object.entries(errors).map(([field, text]) => `${field}: ${String(text)}`);
  const all = [...errorMessages, ...fields, ...(message === undefined ? [] : [message])];
  return all.length === 0 ? undefined : all.join(' ');
}
