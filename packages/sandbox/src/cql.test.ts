import { describe, expect, it } from 'vitest';

import { parseCql } from './cql.ts';
import { ConfluenceSite } from './index.ts';

describe('CQL', () => {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'A', name: 'A' });
  site.addSpace({ key: 'B', name: 'B' });
  site.addPage({ space: 'A', title: 'old page' });
  site.addPage({ space: 'A', title: 'folder', kind: 'folder' });
  site.clock.advance(3_600_000);
  site.addPage({ space: 'B', title: 'new page' });

  const find = (cql: string): string[] => {
    const matches = parseCql(cql);
    return site.contents
      .all()
      .filter((content) => matches(content, site))
      .map(({ title }) => title);
  };

  it.each([
    ['type=folder and space="A"', ['folder']],
    ['type in (page, "folder") AND space = a', ['old page', 'folder']],
    ['space in ("A", B) and type = page', ['old page', 'new page']],
    ['space = "NOSUCH"', []],
    ['lastmodified > now("-30m")', ['new page']],
    ['lastmodified < "2026/01/05 09:30"', ['old page', 'folder']],
    ['lastmodified >= "2026-01-06"', []],
    ['type = attachment', []],
  ])('%s', (cql, titles) => {
    expect(find(cql)).toEqual(titles);
  });

  it.each([
    ['status = current', "No field exists with the name: 'status'"],
    ['type = bogus', 'Unsupported value for type, got : bogus'],
    ['type = page or type = folder', 'No field exists'],
    ['lastmodified > yesterday', 'is not a date'],
    ['title = "a" or type=page', 'No field exists'],
  ])('refuses %s', (cql, message) => {
    expect(() => find(cql)).toThrow(message);
  });
});
