import type { ApiRequest } from '../http/route.ts';
import type { ConfluenceSite } from '../site/confluence-site.ts';
import type { Content, Space } from '../site/content.ts';
import type { Searchable } from '../site/search-index.ts';
import type { User } from '../site/user.ts';

/** A person in an answer of v1. */
export interface PersonJson {
  readonly _links: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What v1 says otherwise on Cloud than on Data Center; the rest of its answers is the same. */
export interface V1Dialect {
  readonly person: (user: User, baseUrl: string) => PersonJson;
  /** Somebody whom the site knows no more. */
  readonly stranger: (accountId: string) => object;
  /** The storage format as this deployment keeps it. */
  readonly storage: (body: string) => string;
  /** Whether bodies are there as ADF too. */
  readonly hasAdf: boolean;
  readonly links: (request: ApiRequest, item: Searchable) => Record<string, string>;
  /** What a space has beyond what both know. */
  readonly spaceFields: (space: Space) => object;
  readonly spaceWebui: (key: string) => string;
  /** What an attachment tells beyond what both know. */
  readonly fileFields: (attachment: { fileId: string; containerId: string }) => object;
  /** What a content lies under, the outermost first. */
  readonly ancestorsOf: (site: ConfluenceSite, content: Content) => readonly Content[];
  readonly pagesUnder: (site: ConfluenceSite, id: string) => readonly Content[];
}
