import type { Access } from '../site/viewer.ts';

/** What a request carries to be let in. */
export type Credential =
  /** An e-mail address with a classic API token. */
  | { readonly kind: 'basic'; readonly username: string; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string }
  /** An API token with scopes, sent with its e-mail address or as a bearer. */
  | { readonly kind: 'scoped'; readonly username: string; readonly token: string }
  /** A session, as a browser holds it. */
  | { readonly kind: 'cookie'; readonly name: string; readonly value: string }
  /** A header of some proxy before the site. */
  | { readonly kind: 'header'; readonly name: string; readonly value: string };

/** The site's own host, and `/ex/confluence/{cloudId}` as on api.atlassian.com. */
export type Host = 'site' | 'gateway';

/** Somebody whom the sandbox lets in, with what they may do and see. */
export interface Principal extends Access {
  readonly credential: Credential;
  /** @default all */
  readonly scopes?: readonly string[];
  /** Headers that each request must carry besides. @default none */
  readonly requiredHeaders?: Readonly<Record<string, string>>;
  /** Where the credential holds. @default scoped: the gateway; bearer: both; others: the site */
  readonly hosts?: readonly Host[];
}

const usualHosts: Readonly<Record<Credential['kind'], readonly Host[]>> = {
  basic: ['site'],
  bearer: ['site', 'gateway'],
  scoped: ['gateway'],
  cookie: ['site'],
  header: ['site'],
};

export function hostsOf({ credential, hosts }: Principal): readonly Host[] {
  return hosts ?? usualHosts[credential.kind];
}

/** The first pair of name and token among those who are let in. */
export function firstPair(principals: readonly Principal[]): { username: string; token: string } {
  const named = principals.map(({ credential }) => credential).find((one) => 'username' in one);
  const { username, token } = named ?? { username: '', token: '' };
  return { username, token };
}
