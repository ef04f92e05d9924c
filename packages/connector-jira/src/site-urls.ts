/** Percent-encodes any text: `encodeURIComponent` throws at half a surrogate pair. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Where a person opens an issue. */
export function browseUrl(siteUrl: string, key: string): string {
  return `${siteUrl}/browse/${encode(key)}`;
}

const issueKey = /^[A-Z][A-Z0-9_]*-\d+$/i;

/** Forms of addresses that hold the key of an issue, below the site. */
const pathForms: readonly RegExp[] = [
  /^\/browse\/([^/]+)\/?$/,
  /^\/(?:jira\/.*\/)?projects\/[^/]+\/issues\/([^/]+)\/?$/,
  /^\/jira\/.*\/issues\/([^/]+)\/?$/,
  /^\/servicedesk\/customer\/portal\/\d+\/([^/]+)\/?$/,
  /^\/projects\/[^/]+\/queues\/(?:custom\/)?\d+\/([^/]+)\/?$/,
];

/** The key of the issue that an address of the site shows, or `undefined`. */
export function keyInUrl(siteUrl: string, text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const base = new URL(siteUrl);
  const context = base.pathname.replace(/\/$/, '');
  if (url.host !== base.host || !url.pathname.startsWith(`${context}/`)) return undefined;
  const path = url.pathname.slice(context.length);
  const found =
    url.searchParams.get('selectedIssue') ??
    pathForms.map((form) => form.exec(path)?.[1]).find((match) => match !== undefined);
  return found === undefined ? undefined : toIssueKey(found);
}

/** The key of an issue in its one spelling, or `undefined` for what is none. */
export function toIssueKey(text: string): string | undefined {
  return issueKey.test(text) ? text.toUpperCase() : undefined;
}

/** Ids of documents: an issue's own, those of its parts with the issue before their own. */
export const documentId = {
  comment: (issueId: string, id: string): string => `comment:${issueId}:${id}`,
  attachment: (issueId: string, id: string): string => `attachment:${issueId}:${id}`,
};

/** The issue that a document is or belongs to; `undefined` for what is no id of this connector. */
export function issueIdOf(id: string): string | undefined {
  return /^(?:(?:comment|attachment):)?(\d{1,18})(?::\w+)?$/.exec(id)?.[1];
}
