import type { CallContext, JsonObject, Scope, ScopeEvent } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import { defaultJql, type JiraConfig } from './config.ts';
import { both } from './jql.ts';
import { findNearest } from './nearest-key.ts';
import type { Project } from './schema.ts';
import { encode } from './site-urls.ts';

/** What a scope holds. */
export interface Selection {
  readonly scopeId: string;
  /** `undefined`: a query of its own. */
  readonly projectId: string | undefined;
  /** All issues of the scope; never empty. */
  readonly jql: string;
  /** Whether nothing but the project decides. */
  readonly isWholeProject: boolean;
}

/** Reads back what was handed over with a scope. */
export function toSelection({ id, data }: Scope): Selection {
  const { projectId, jql } = data ?? {};
  const filter = typeof jql === 'string' ? jql : '';
  if (typeof projectId !== 'string') {
    return { scopeId: id, projectId: undefined, jql: filter, isWholeProject: false };
  }
  // By id: a project may be given another key.
  const own = `project = ${projectId}`;
  return { scopeId: id, projectId, jql: both(own, filter), isWholeProject: filter === '' };
}

/** What in the config to correct when the query of a scope is refused or finds nothing. */
export function mendQuery({ kind, slug, data }: Scope): string {
  if (kind === 'query') return '"jql" (JIRA_JQL_QUERY)';
  return data?.['jql'] === undefined ? '"projects"' : `"jql" of ${slug} in "projects"`;
}

interface Selected {
  readonly config: JiraConfig;
  /** The user's name for the source. */
  readonly source: string;
}

/** Lists the projects and the query that the config selects, in its order; all projects by key. */
export async function* listScopes(
  client: JiraClient,
  { config, source }: Selected,
  call: CallContext,
): AsyncGenerator<ScopeEvent> {
  const { projects, jql, baseUrl } = config;
  if (projects === 'all') {
    for (const project of (await client.readProjects(undefined, call)).toSorted(byKey)) {
      yield { type: 'scope', scope: toScope(baseUrl, project, undefined) };
    }
  } else if (projects !== undefined) {
    yield* listNamed(client, { projects, siteUrl: baseUrl, source }, call);
  }
  if (jql !== undefined) yield { type: 'scope', scope: toQueryScope(baseUrl, jql) };
  if (projects === undefined && jql === undefined) {
    yield { type: 'scope', scope: toQueryScope(baseUrl, { name: 'mine', query: defaultJql }) };
  }
  yield { type: 'complete' };
}

async function* listNamed(
  client: JiraClient,
  {
    projects,
    siteUrl,
    source,
  }: {
    readonly projects: Exclude<JiraConfig['projects'], 'all' | undefined>;
    readonly siteUrl: string;
    readonly source: string;
  },
  call: CallContext,
): AsyncGenerator<ScopeEvent> {
  const keys = projects.map(({ key }) => key);
  const rows = await client.readProjects([...new Set(keys)], call);
  const found = projects.map((wanted) => ({
    ...wanted,
    row: rows.find(({ key }) => key.toUpperCase() === wanted.key),
  }));
  const hasUnknown = found.some(({ row }) => row === undefined);
  const visible = hasUnknown ? await client.readProjects(undefined, call) : [];
  const given = new Set<string>();
  for (const { key, jql, row } of found) {
    if (row === undefined) yield toUnavailable(key, visible, source);
    else if (!given.has(row.id)) yield { type: 'scope', scope: toScope(siteUrl, row, jql) };
    if (row !== undefined) given.add(row.id);
  }
}

function toScope(siteUrl: string, { id, key, name }: Project, jql: string | undefined): Scope {
  const data: JsonObject = { projectId: id, ...(jql === undefined ? {} : { jql }) };
  const url = `${siteUrl}/browse/${encode(key)}`;
  return { id, slug: key, title: name, kind: 'project', url, data };
}

function toQueryScope(
  siteUrl: string,
  { name, query }: { readonly name: string; readonly query: string },
): Scope {
  const url = `${siteUrl}/issues/?jql=${encode(query)}`;
  return { id: `query:${name}`, slug: name, title: name, kind: 'query', url, data: { jql: query } };
}

function byKey(left: Project, right: Project): number {
  return Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
}

function toUnavailable(key: string, visible: readonly Project[], source: string): ScopeEvent {
  const nearest = findNearest(
    key,
    visible.map((project) => project.key),
  );
  const guess = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  const error = {
    code: 'config' as const,
    message: `This account sees no project with the key ${key}: it does not exist, is archived, or the account may not view it.${guess}`,
    hint: `List the keys with \`context-sync scopes ${source} --all\`, then correct "projects" in the config or ask for access. What is mirrored of it stays.`,
  };
  return { type: 'unavailable', slug: key, error };
}
