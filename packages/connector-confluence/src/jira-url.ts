import type { JiraReference } from '@context-sync/markdown';

import { encode } from './site-urls.ts';

/** Where Jira Cloud shows an issue or a search; `undefined` for a Jira whose address nobody tells. */
export function jiraUrl(wikiUrl: string, { key, jql, server }: JiraReference): string | undefined {
  const site = siteOf(wikiUrl, server);
  if (site === undefined) return undefined;
  if (key !== undefined) return /^[\w-]+$/.test(key) ? `${site}/browse/${key}` : undefined;
  if (jql === undefined) return undefined;
  return /^https?:/.test(jql) ? jql : `${site}/issues/?jql=${encode(jql)}`;
}

/** The editor names a Jira `System Jira` when it is of the same site, else `JIRA (its.host)`. */
function siteOf(wikiUrl: string, server: string | undefined): string | undefined {
  if (server === undefined || /^system jira$/i.test(server)) return new URL(wikiUrl).origin;
  const host = /\(([\w-]+\.atlassian\.net)\)$/.exec(server)?.[1];
  return host === undefined ? undefined : `https://${host}`;
}
