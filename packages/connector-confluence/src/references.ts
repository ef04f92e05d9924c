import {
  contextLink,
  type LabelledReference,
  type MediaFile,
  type MediaReference,
  type PageReference,
  type StorageReferences,
} from '@context-sync/markdown';

import { jiraUrl } from './jira-url.ts';
import {
  blogPostKey,
  displayUrl,
  encode,
  fileKey,
  idUrl,
  pageKey,
  resolveSiteUrl,
} from './site-urls.ts';
import type { Place } from './to-document.ts';

/** What the links of one body mean. The engine binds them to files; see `Content` in the contract. */
export function bodyReferences(pageId: string, { wikiUrl, space }: Place): StorageReferences {
  const named = ({ title, spaceKey = space.key, kind }: PageReference) => ({
    key: kind === 'blogpost' ? blogPostKey(spaceKey, title) : pageKey(spaceKey, title),
    options: { url: displayUrl(wikiUrl, spaceKey, title), title },
  });
  return {
    page: (page) => {
      const { key, options } = named(page);
      return contextLink('name', key, { ...options, ...fragment(page.anchor) });
    },
    include: (page, part) => {
      const { key, options } =
        'id' in page ? { key: page.id, options: { url: idUrl(wikiUrl, page.id) } } : named(page);
      return contextLink('include', key, { ...options, ...fragment(part) });
    },
    children: (of, depth) => {
      const levels = depth === 1 ? {} : { depth: String(depth) };
      if (of === 'space') {
        const options = { url: `${wikiUrl}/spaces/${encode(space.key)}`, title: space.key };
        return contextLink('children', space.key, {
          ...options,
          query: { by: 'scope', ...levels },
        });
      }
      if (of !== 'self' && 'title' in of) {
        const { key, options } = named(of);
        return contextLink('children', key, { ...options, query: { by: 'name', ...levels } });
      }
      const id = of === 'self' ? pageId : of.id;
      return contextLink('children', id, { url: idUrl(wikiUrl, id), query: levels });
    },
    labelled: (reference) => labelledLink(reference, pageId, space.key),
    jira: (reference) => jiraUrl(wikiUrl, reference),
    content: ({ id, anchor }) =>
      contextLink('doc', id, { url: idUrl(wikiUrl, id), ...fragment(anchor) }),
    attachment: ({ fileName, page, contentId }) => {
      if (page === undefined) {
        const holder = contentId ?? pageId;
        const url = `${wikiUrl}/download/attachments/${holder}/${encode(fileName)}`;
        return contextLink('att', `${holder}/${fileName}`, { url, title: fileName });
      }
      const { title, spaceKey = space.key } = page;
      const url = displayUrl(wikiUrl, spaceKey, title);
      const key = `${pageKey(spaceKey, title)}/${fileName}`;
      return contextLink('att', key, { url, title: fileName });
    },
    media: (file) => mediaFile(file, { wikiUrl, pageId }),
    user: ({ accountId, displayName: title, userKey, userName }) =>
      contextLink(
        'user',
        accountId ?? userKey ?? userName ?? 'unknown',
        title === undefined ? {} : { title },
      ),
    space: (key) => `${wikiUrl}/spaces/${encode(key)}`,
    url: (href) => siteLink(wikiUrl, toAbsolute(wikiUrl, href)),
  };
}

function labelledLink(
  { labels, all, without, spaces, kinds, below, properties }: LabelledReference,
  pageId: string,
  spaceKey: string,
): string {
  const keys = spaces.map((key) => key ?? spaceKey);
  const columns = properties?.length === 0 ? '*' : properties && listed(properties);
  const query = {
    match: all && labels.length > 1 ? 'all' : undefined,
    without: listed(without.map(toLabel)),
    scope: listed(keys),
    kind: listed(kinds),
    below: below === undefined ? undefined : (below.id ?? pageId),
    properties: columns,
  };
  const given = Object.entries(query).filter((entry): entry is [string, string] =>
    Boolean(entry[1]),
  );
  return contextLink('labelled', listed(labels.map(toLabel)), { query: Object.fromEntries(given) });
}

/** Confluence keeps labels in lower case, and finds them in any. */
function toLabel(written: string): string {
  return written.toLowerCase();
}

function listed(parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join(',');
}

function fragment(anchor: string | undefined): { fragment?: string } {
  return anchor === undefined ? {} : { fragment: anchor };
}

/** Addresses in bodies are as in the page in a browser: `/wiki/…` begins at the site, not below it. */
function toAbsolute(wikiUrl: string, href: string): string {
  return URL.canParse(href, `${wikiUrl}/`) ? new URL(href, `${wikiUrl}/`).href : href;
}

/** What the address of a page or the like means is known by its id, whatever its title is by now. */
function siteLink(wikiUrl: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const id = url && resolveSiteUrl(wikiUrl, url);
  if (url === undefined || id === undefined) return address;
  const place = url.hash.slice(1);
  url.hash = '';
  return contextLink('doc', id, { url: url.href, ...fragment(decodePlace(place)) });
}

/** A `%` that stands for nothing is left as it is. */
function decodePlace(place: string): string | undefined {
  if (place === '') return undefined;
  try {
    return decodeURIComponent(place);
  } catch {
    return place;
  }
}

/** The ids of the media service, which are UUIDs; a file that is gone has another one. */
const mediaId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A file of an ADF document. An attachment has the id as an alias, which a new version of it changes;
 * the link follows, as one by title does.
 */
function mediaFile(
  { alt, collection, fileId, fileName = alt }: MediaReference,
  { wikiUrl, pageId }: { wikiUrl: string; pageId: string },
): MediaFile | undefined {
  if (!mediaId.test(fileId)) return undefined;
  const holder = /^contentId-(\d+)$/.exec(collection ?? '')?.[1] ?? pageId;
  // No address on the site leads to a file by this id, but to the list that it is in.
  const url = `${wikiUrl}/pages/viewpageattachments.action?pageId=${holder}`;
  const title = fileName === undefined ? {} : { title: fileName };
  return {
    url: contextLink('name', fileKey(fileId), { url, ...title }),
    ...(fileName === undefined ? {} : { fileName }),
  };
}
