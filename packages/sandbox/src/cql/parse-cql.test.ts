import { describe, expect, it } from 'vitest';

import { ConfluenceSite } from '../index.ts';
import { parseCql } from './parse-cql.ts';

describe('CQL', () => {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'A', name: 'A' });
  site.addSpace({ key: 'B', name: 'B' });
  const old = site.addPage({ space: 'A', title: 'old page' });
  site.addPage({ space: 'A', title: 'folder', kind: 'folder', parent: old });
  site.labels.add(old, 'legacy');
  site.clock.advance(3_600_000);
  site.addPage({ space: 'B', title: 'new page' });
  site.addPage({ space: 'B', title: 'Board "x"', kind: 'whiteboard' });
  site.comments.addFooter({ on: old, body: '<p>late</p>' });
  site.attachments.add({ on: old, name: 'a.txt', content: '' });

  const find = (cql: string, timeZone = 'UTC'): string[] => {
    const { matches } = parseCql(cql, { site, timeZone });
    return site.index
      .all()
      .filter(matches)
      .map((item) => (item.kind === 'comment' ? 'comment' : item.title));
  };

  it.each([
    ['type=folder and space="A"', ['folder']],
    ['type in (page, "folder") AND space = a', ['old page', 'folder']],
    ['space in ("A", B) and type = page', ['old page', 'new page']],
    ['space.key = "B"', ['new page', 'Board "x"']],
    ['space = "NOSUCH"', []],
    ['lastmodified > now("-30m") and type = page', ['new page']],
    ['lastmodified < "2026/01/05 09:30"', ['old page', 'folder']],
    ['lastmodified >= "2026-01-06"', []],
    ['type = attachment', ['a.txt']],
    ['type = comment and space = A', ['comment']],
    ['type = page or type = folder', ['old page', 'folder', 'new page']],
    ['(type = page or type = comment) and space = A', ['old page', 'comment']],
    ['type = page or type = comment and space = A', ['old page', 'new page', 'comment']],
    ['not (type = page) and space = B', ['Board "x"']],
    [`id = ${old}`, ['old page']],
    [`id in (${old}, 1)`, ['old page']],
    [`container = ${old}`, ['comment', 'a.txt']],
    [`ancestor in ("${old}")`, ['folder']],
    ['label = "LEGACY"', ['old page']],
    ['label in (x, legacy) and type != folder', ['old page']],
    ['label not in (legacy) and type = page', ['new page']],
    ['title = "Old Page"', ['old page']],
    ['title ~ "pag*" and space = B', ['new page']],
    ['title ~ "pag"', []],
    [String.raw`title = "Board \"x\""`, ['Board "x"']],
    ['title = "a or b" or title = "folder"', ['folder']],
    ['type = page order by lastmodified desc', ['old page', 'new page']],
  ])('%s', (cql, titles) => {
    expect(find(cql)).toEqual(titles);
  });

  it.each([
    ['status = current', "No field exists with the name: 'status'"],
    ['type = bogus', 'Unsupported value for type, got : bogus'],
    ['type = page or', 'ends too early'],
    ['lastmodified > yesterday', 'is not a date'],
    ['space ~ A', 'space does not know ~'],
    ['(type = page', 'expected )'],
    ['type = page order by popularity', 'cannot order by popularity'],
    ['type = page "x"', 'unexpected x'],
    ['lastmodified > "2026-13-01"', 'is not a date'],
  ])('refuses %s', (cql, message) => {
    expect(() => find(cql)).toThrow(message);
  });

  it('reads dates in the time zone of whoever asks, minute by minute', () => {
    const [first] = site.contents.all();
    const cql = 'type = page and lastmodified <= "2026/01/05 18:03"';

    expect(first?.createdAt).toBe('2026-01-05T09:03:03.021Z');
    expect(find(cql, 'Asia/Tokyo')).toEqual(['old page']);
    expect(find(cql, 'UTC')).toEqual(['old page', 'new page']);
    expect(find('lastmodified > "2026/01/05 09:03" and type = page')).toEqual(['new page']);
  });

  it('refuses an hour that summer time takes away', () => {
    const zone = 'Europe/Berlin';

    expect(() => find('lastmodified > "2026/03/29 02:30"', zone)).toThrow(
      "field 'updated' is invalid",
    );
    expect(find('lastmodified > "2026/03/29 03:30"', zone)).toEqual([]);
    expect(find('lastmodified > "2026/10/25 02:30"', zone)).toEqual([]);
  });
});
