import type { HttpClientOptions, HttpExplanation } from '@context-sync/core';

import type { AuthMethod } from './auth-config.ts';
import { says, spaceGone } from './refusal-words.ts';

type Answer = Parameters<NonNullable<HttpClientOptions['explain']>>[0];

/** Every Confluence has it, so a web page that it is not there is no matter of a moment. */
const accountPath = '/rest/api/user/current';

/** What Data Center may refuse, and what a person can do about it. */
export const serverCredentials: Readonly<Record<AuthMethod, { name: string; mend: string }>> = {
  basic: {
    name: 'this user name and password',
    mend: 'Check auth.username (the name that you sign in with, no e-mail address) and auth.token (its password). Many sites allow no passwords: make a personal access token in your profile and give it alone, as auth.token.',
  },
  bearer: {
    name: 'this token',
    mend: 'Check auth.token: it must be a personal access token of this Confluence (profile picture, Settings, Personal Access Tokens; from version 7.9), and not expired.',
  },
  cookie: {
    name: 'this cookie',
    mend: 'The session has ended, most likely: sign in again in the browser, copy the cookie of the site anew and put it into the variable of auth.cookie.',
  },
};

/**
 * Says what a refusal of Data Center means. Why nobody was signed in stands in a header:
 * https://confluence.atlassian.com/confkb/login-fails-with-authentication-denied-224689.html
 */
export function explainServerRefusal(
  { status, headers, path }: Answer,
  { text, method }: { readonly text: string | undefined; readonly method: AuthMethod },
): HttpExplanation | undefined {
  const { name, mend } = serverCredentials[method];
  if (headers['x-seraph-loginreason']?.includes('AUTHENTICATION_DENIED')) {
    const message = `Confluence takes ${name} no more until somebody signs in by hand: too many tries failed.`;
    const hint =
      'Sign in once in the browser and answer the captcha, then run the same command again.';
    return { code: 'auth', message, hint };
  }
  if (status === 401) return { code: 'auth', message: `Confluence refused ${name}.`, hint: mend };
  if (status === 403 && text?.includes('Not permitted to use confluence')) {
    return { code: 'auth', message: `Confluence lets nobody in with ${name}.`, hint: mend };
  }
  if (status === 404 && text !== undefined && path === '/rest/api/content') return spaceGone(text);
  if (status === 404 && text === undefined && path !== accountPath && path.startsWith('/rest/')) {
    return {
      code: 'transient',
      message: 'Something before Confluence answered, as a proxy does when it finds no service.',
      hint: 'Run the same command again; if it stays, check baseUrl with its context path, and the proxy. Nothing was removed.',
    };
  }
  return text === undefined ? undefined : { message: says(text) };
}
