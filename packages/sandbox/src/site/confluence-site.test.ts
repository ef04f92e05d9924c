import { beforeEach, describe, expect, it } from 'vitest';

import { bodyOf, ConfluenceSite } from '../index.ts';

function linkTo(title: string, space?: string): string {
  const key = space === undefined ? '' : ` ri:space-key="${space}"`;
  return `<ac:link><ri:page${key} ri:content-title="${title}" /></ac:link>`;
}

describe('a Confluence site', () => {
  let site: ConfluenceSite;
  let parent: string;
  let child: string;

  beforeEach(() => {
    site = new ConfluenceSite();
    site.addSpace({ key: 'A', name: 'First', homepage: { title: 'Home' } });
    site.addSpace({ key: 'B', name: 'Second' });
    parent = site.addPage({ space: 'A', title: 'Parent' });
    child = site.addPage({ space: 'A', title: 'Child', parent, body: linkTo('Parent') });
  });

  const version = (id: string): number => site.contents.get(id).version.number;
  const body = (id: string): string => bodyOf(site.contents.get(id));

  it('gives the same ids and times to the same calls', () => {
    const other = new ConfluenceSite();
    other.addSpace({ key: 'A', name: 'First', homepage: { title: 'Home' } });
    other.addSpace({ key: 'B', name: 'Second' });
    other.addPage({ space: 'A', title: 'Parent' });

    expect(other.contents.all().at(-1)).toEqual(site.contents.get(parent));
  });

  it('makes a version of an edit and of a rename, later than the one before', () => {
    const before = site.contents.get(parent).version.createdAt;

    site.edit(parent, '<p>new</p>');
    site.rename(parent, 'Renamed');

    expect(version(parent)).toBe(3);
    expect(site.contents.get(parent).version.createdAt > before).toBe(true);
  });

  it('makes no version of a move, a restriction, a position or the archive', () => {
    site.move(child, { parent: null });
    site.setPosition(child, 5);
    site.restrict(child);
    site.unrestrict(child);
    site.archive(child);

    expect(version(child)).toBe(1);
    expect(site.contents.get(child)).toMatchObject({ position: 5, status: 'archived' });
  });

  it('rewrites links to a renamed page without a new version', () => {
    const far = site.addPage({ space: 'B', title: 'Far', body: linkTo('parent', 'a') });
    const same = site.addPage({ space: 'B', title: 'Parent', body: linkTo('Parent') });

    site.rename(parent, 'New & old');

    expect(body(child)).toBe(linkTo('New &amp; old'));
    expect(body(far)).toBe(linkTo('New &amp; old', 'A'));
    expect(body(same)).toBe(linkTo('Parent'));
    expect([version(child), version(far)]).toEqual([1, 1]);
  });

  it('follows a page that was renamed twice and edited between', () => {
    site.rename(parent, 'Two');
    site.edit(child, `${linkTo('Two')} and ${linkTo('Home')}`);
    site.rename(parent, 'Three');

    expect(body(child)).toBe(`${linkTo('Three')} and ${linkTo('Home')}`);
  });

  it('keeps all links right when a tree moves to another space', () => {
    const stays = site.addPage({ space: 'A', title: 'Stays', body: linkTo('Child') });
    site.edit(child, linkTo('Parent') + linkTo('Stays'));

    site.move(parent, { space: 'B' });

    expect(site.contents.get(child).spaceId).toBe(site.spaces.get('B').id);
    expect(body(child)).toBe(linkTo('Parent') + linkTo('Stays', 'A'));
    expect(body(stays)).toBe(linkTo('Child', 'B'));
  });

  it('refuses a title that the space has, whatever its case, archived or not', () => {
    site.archive(child);

    expect(() => site.addPage({ space: 'A', title: 'PARENT' })).toThrow('already exists');
    expect(() => site.rename(parent, 'child')).toThrow('already exists');
    site.addPage({ space: 'B', title: 'PARENT' });
    site.addPage({ space: 'A', title: 'Parent', kind: 'folder' });
    site.rename(parent, 'PARENT');
  });

  it('frees the title of a page in the trash', () => {
    site.trash(child);
    site.addPage({ space: 'A', title: 'Child' });

    expect(() => site.restore(child)).toThrow('already exists');
  });

  it('lifts what lies under a page that goes away', () => {
    const leaf = site.addPage({ space: 'A', title: 'Leaf', parent: child });

    site.trash(child);
    expect(site.contents.get(leaf).parentId).toBe(parent);
    site.purge(parent);
    expect(site.contents.get(leaf).parentId).toBe(site.spaces.get('A').homepageId);
    expect(version(leaf)).toBe(1);
  });

  it('forgets the place of a page in the trash', () => {
    site.trash(child);
    expect(site.contents.get(child)).toMatchObject({ parentId: null, position: null });

    site.restore(child);
    expect(site.contents.get(child)).toMatchObject({ parentId: null, status: 'current' });
  });

  it('rewrites space keys in links, and loses all of a removed space', () => {
    const far = site.addPage({ space: 'B', title: 'Far', body: linkTo('Parent', 'A') });

    site.renameSpaceKey('A', 'Z');
    expect(body(far)).toBe(linkTo('Parent', 'Z'));

    site.removeSpace('z');
    expect(site.contents.all().map(({ id }) => id)).toEqual([far]);
  });

  it('refuses a parent in another space, in the trash or below itself', () => {
    const other = site.addPage({ space: 'B', title: 'Other' });
    site.trash(other);

    expect(() => site.move(parent, { parent: child })).toThrow('under itself');
    expect(() => site.addPage({ space: 'A', title: 'X', parent: other })).toThrow('parent');
    expect(() => site.addPage({ space: 'B', title: 'X', parent: other })).toThrow('parent');
  });
});
