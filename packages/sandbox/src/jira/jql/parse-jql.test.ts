import { describe, expect, it } from 'vitest';

import { JiraSite } from '../site/jira-site.ts';
import { parseJql } from './parse-jql.ts';

const site = new JiraSite({ startsAt: '2026-01-05T09:00:00Z' });
site.addProject({ key: 'A', name: 'First' });
site.addProject({ key: 'B', name: 'Second' });
const first = site.addIssue({ project: 'A', type: 'Bug', labels: ['x'], summary: 'Red light' });
site.addIssue({ project: 'A', assigneeId: site.account.accountId });
site.addIssue({ project: 'B', status: 'In Progress' });
site.transition(first, 'Done');
const updated = Date.parse(site.issues.get(first).updatedAt);

function find(jql: string, timeZone = 'UTC'): string[] {
  const { accountId } = site.account;
  const { matches, compare } = parseJql(jql, { site, accountId, timeZone });
  return site.issues
    .all()
    .filter(matches)
    .toSorted(compare)
    .map(({ key }) => key);
}

/** The minute of the last change as a clock in this zone shows it. */
function minute(timeZone: string, time = updated): string {
  const shown = new Date(time).toLocaleString('sv-SE', { timeZone });
  return shown.slice(0, 16);
}

describe('JQL', () => {
  it.each([
    ['project = A ORDER BY key DESC', ['A-2', 'A-1']],
    ['project in (A, B) AND type != Bug ORDER BY key', ['A-2', 'B-1']],
    ['assignee = currentUser() AND resolution = Unresolved', ['A-2']],
    ['assignee is EMPTY order by key', ['A-1', 'B-1']],
    ['labels is not empty', ['A-1']],
    ['statusCategory = "In Progress"', ['B-1']],
    ['NOT (project = A OR key = B-1)', []],
    ['summary ~ "red"', ['A-1']],
    [`id in (${first}, 999999)`, ['A-1']],
    [`updated >= ${updated}`, ['A-1']],
    [`updated > ${updated}`, []],
    ['key is not EMPTY ORDER BY updated DESC, key ASC', ['A-1', 'B-1', 'A-2']],
  ])('%s', (jql, keys) => {
    expect(find(jql)).toEqual(keys);
  });

  it.each(['America/Los_Angeles', 'Pacific/Tongatapu'])(
    'reads a quoted date in %s, and knows no seconds of it',
    (zone) => {
      expect(find(`updated >= "${minute(zone)}"`, zone)).toEqual(['A-1']);
      expect(find(`updated >= "${minute(zone, updated + 60_000)}"`, zone)).toEqual([]);
      expect(find(`updated >= "${minute(zone)}"`, 'Europe/London')).not.toEqual(['A-1']);
    },
  );

  it.each([
    ['project = INFAR', "The value 'INFAR' does not exist for the field 'project'."],
    ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
    ['ORDER BY key', 'Unbounded JQL queries are not allowed here.'],
    ['', 'Unbounded JQL queries are not allowed here.'],
    ['project = A AND', 'Error in the JQL Query'],
    ['key = A-99', "An issue with key 'A-99' does not exist"],
  ])('refuses %j in the words of Jira', (jql, message) => {
    expect(() => find(jql)).toThrow(message);
  });
});
