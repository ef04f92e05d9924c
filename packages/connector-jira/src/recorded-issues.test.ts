import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { missingAdfText } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { makeFieldTable } from './field-table.ts';
import { IssueRow } from './schema.ts';
import { toContent } from './to-content.ts';
import { toDocument } from './to-document.ts';

const folder = fileURLToPath(new URL('../../../../shared/api-jira/', import.meta.url));
const sources = ['atlascode', 'nango-integration-templates'];

/** What stands for an issue in a recorded answer: it has a key and fields with a time. */
function findIssues(value: unknown): Record<string, unknown>[] {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return findIssues(JSON.parse(value));
    } catch {
      return []; // A text that only begins like JSON.
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  const row = value as Record<string, unknown>;
  const fields = row['fields'];
  const isIssue =
    typeof row['key'] === 'string' &&
    typeof fields === 'object' &&
    fields !== null &&
    'updated' in fields &&
    'created' in fields;
  // Not every request asked for the project.
  const issue = { ...row, fields: { project: { id: '1', key: 'X' }, ...(fields as object) } };
  return [...(isIssue ? [issue] : []), ...Object.values(row).flatMap(findIssues)];
}

function readIssues(source: string): Record<string, unknown>[] {
  const names = readdirSync(join(folder, source)).filter((name) => name.endsWith('.json'));
  return names.flatMap((name) =>
    findIssues(JSON.parse(readFileSync(join(folder, source, name), 'utf8'))),
  );
}

const table = makeFieldTable([], { comments: true, worklogs: false, fields: [] });
const noExtras = { worklogs: [], history: [], remoteLinks: [] };
const options = {
  siteUrl: 'https://acme.atlassian.net',
  table,
  readExtras: async () => noExtras,
};
const call = {
  signal: new AbortController().signal,
  logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
};

// The recordings lie beside the repository and are not everywhere.
const reason = existsSync(folder) ? undefined : '../shared/api-jira is not here';

describe.skipIf(reason !== undefined)(
  `recorded issues${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    it.each(sources)('of %s are read, with all their text', async (source) => {
      const issues = readIssues(source);

      expect(issues.length).toBeGreaterThan(0);
      for (const issue of issues) {
        const read = IssueRow.safeParse(issue);
        expect(read.error?.issues ?? [], JSON.stringify(issue).slice(0, 200)).toEqual([]);
        if (read.data === undefined) continue;
        const { description } = read.data.fields;
        const { markdown } = await toContent(read.data, options, call);
        expect(toDocument(read.data, options).title).toContain(read.data.key);
        if (typeof description === 'object') {
          expect(missingAdfText(description, markdown)).toEqual([]);
        }
      }
    });
  },
);
