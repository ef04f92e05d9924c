import { type SandboxOptions, userKeyOf } from '@context-sync/sandbox';

import { cloudStranger, refusals, type Rule } from './gatekeeper.ts';
import { startWorld, type World } from './harness.ts';

/** What is asked for, and how its address reads: as it is sent, so that a fault can wait for it. */
interface Asked {
  /** The list of the pages of a space. */
  readonly pages: RegExp;
  /** The same from its second answer on. */
  readonly morePages: RegExp;
  readonly posts: RegExp;
  /** Texts by the ids of their pages. */
  readonly pagesById: RegExp;
  /** Texts of pages and posts, however they are asked for. */
  readonly texts: RegExp;
  readonly people: RegExp;
  /** Comments and attachments without the search. */
  readonly parts: RegExp;
}

/** One of the two products that the connector reads, with a world of it. */
export interface Deployment {
  readonly name: string;
  readonly asked: Asked;
  /** By which it knows an account of the sandbox. */
  readonly personId: (accountId: string) => string;
  /** Where a page of the space `ENG` is read, below the wiki. */
  readonly webPath: (page: { readonly id: string; readonly title: string }) => string;
  /** What it tells whom it does not know. */
  readonly stranger: Rule;
  /** Folders and the like, archived pages, scopes of tokens: what Cloud alone has. */
  readonly isCloud: boolean;
  readonly startWorld: (options?: SandboxOptions) => Promise<World>;
}

const cloud: Deployment = {
  name: 'Cloud',
  asked: {
    pages: /\/spaces\/\d+\/pages\?/,
    morePages: /\/spaces\/\d+\/pages\?.*cursor=/,
    posts: /\/spaces\/\d+\/blogposts/,
    pagesById: /\/api\/v2\/pages\?id=/,
    texts: /body-format/,
    people: /users-bulk/,
    parts: /\/(footer-comments|inline-comments|attachments)\?/,
  },
  personId: (accountId) => accountId,
  webPath: ({ id, title }) => `/spaces/ENG/pages/${id}/${title}`,
  stranger: cloudStranger,
  isCloud: true,
  startWorld: (options) => startWorld(options),
};

const dataCenter: Deployment = {
  name: 'Data Center',
  asked: {
    pages: /\/content\?type=page/,
    morePages: /\/content\?type=page.*start=[1-9]/,
    posts: /\/content\?type=blogpost/,
    pagesById: /\/content\?ids=/,
    texts: /\/content\?.*body\.storage/,
    people: /\/user\?key=/,
    parts: /\/child\/(comment|attachment)\?/,
  },
  personId: userKeyOf,
  webPath: ({ title }) => `/display/ENG/${title}`,
  stranger: () => refusals.serverStranger,
  isCloud: false,
  startWorld: (options) =>
    startWorld({
      dataCenter: { contextPath: '/confluence' },
      ...options,
      deployment: 'data-center',
    }),
};

/** A suite that is about what both do alike runs over each of them. */
export const deployments: readonly Deployment[] = [cloud, dataCenter];
