import { contextLink, type StorageReferences } from '@context-sync/markdown';

import { browseUrl, encode, keyInUrl } from './site-urls.ts';

/** The issue whose text is read. */
export interface Subject {
  readonly siteUrl: string;
  readonly issueId: string;
}

/** A link to an issue by its key, wherever it lies. */
function issueLink(siteUrl: string, key: string, url = browseUrl(siteUrl, key)): string {
  return contextLink('name', key, { url, title: key });
}

/** The key by which a text finds a file of its issue. */
export function fileKey(issueId: string, fileName: string): string {
  return `${issueId}/${fileName}`;
}

/** What the links of an issue's text mean. The engine binds them to files; see `Content` in the contract. */
export function issueReferences({ siteUrl, issueId }: Subject): StorageReferences {
  const file = (name: string): string =>
    contextLink('att', fileKey(issueId, name), { title: name });
  return {
    page: ({ title }) => `${siteUrl}/wiki/search?text=${encode(title)}`,
    content: ({ id }) => `${siteUrl}/wiki/pages/viewpage.action?pageId=${encode(id)}`,
    attachment: ({ fileName }) => file(fileName),
    media: ({ fileName, alt }) => {
      // No list of attachments tells the ids of the media service; the editor notes the file's name.
      const name = fileName ?? alt;
      return name === undefined ? undefined : { url: file(name), fileName: name };
    },
    user: ({ accountId, userKey, userName }) =>
      contextLink('user', accountId ?? userKey ?? userName ?? 'unknown'),
    space: (key) => `${siteUrl}/wiki/spaces/${encode(key)}`,
    jira: ({ key, jql }) => {
      if (key !== undefined) return issueLink(siteUrl, key);
      return jql === undefined ? undefined : `${siteUrl}/issues/?jql=${encode(jql)}`;
    },
    url: (href) => toLink(siteUrl, href),
  };
}

/** Addresses in texts are as on the site in a browser; those of issues mean the issue. */
function toLink(siteUrl: string, href: string): string {
  const url = URL.canParse(href, `${siteUrl}/`) ? new URL(href, `${siteUrl}/`).href : href;
  const key = keyInUrl(siteUrl, url);
  return key === undefined ? url : issueLink(siteUrl, key, url);
}
