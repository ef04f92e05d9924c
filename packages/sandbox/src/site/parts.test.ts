import { beforeEach, describe, expect, it } from 'vitest';

import { makeDiscussedSite } from '../__fixtures__/discussed-site.ts';
import { bodyOf, type ConfluenceSite, readChunks, sizeOf } from '../index.ts';
import { Viewer } from './viewer.ts';

describe('what belongs to a page', () => {
  let site: ConfluenceSite;
  let ids: ReturnType<typeof makeDiscussedSite>['ids'];

  beforeEach(() => {
    ({ site, ids } = makeDiscussedSite());
  });

  it('is the same for the same calls', () => {
    const other = makeDiscussedSite().site;

    expect(other.comments.all()).toEqual(site.comments.all());
    expect(other.attachments.all()).toEqual(site.attachments.all());
    expect(other.contents.all()).toEqual(site.contents.all());
  });

  it('never makes a new version of the page', () => {
    site.comments.edit(ids.footer, '<p>Really?</p>');
    site.comments.resolve(ids.inline);
    site.comments.delete(ids.reply);
    site.attachments.replace(ids.file, { content: 'second' });
    site.labels.remove(ids.page, 'roadmap');
    site.restrictions.clear(ids.page);

    expect(site.contents.get(ids.page).version.number).toBe(1);
    expect(site.labels.of(ids.page).map(({ name }) => name)).toEqual(['favourite']);
  });

  it('marks the text of an inline comment, which dangles when an edit loses it', () => {
    expect(bodyOf(site.contents.get(ids.page))).toMatch(
      /^<p>Ship it on <ac:inline-comment-marker ac:ref="[\w-]+">Friday<\/ac:inline-comment-marker>\.<\/p>$/,
    );
    expect(() => site.comments.addInline({ on: ids.page, selection: 'Monday', body: '' })).toThrow(
      'Monday',
    );

    site.edit(ids.page, '<p>Never.</p>');

    expect(site.comments.statusOf(site.comments.get(ids.inline))).toBe('dangling');
  });

  it('resolves and reopens a thread without a version of the comment', () => {
    const answer = site.comments.reply(ids.inline, { body: '<p>Yes.</p>' });

    site.comments.resolve(answer, ids.user);
    expect(site.comments.statusOf(site.comments.get(answer))).toBe('resolved');
    site.comments.reopen(ids.inline);

    const root = site.comments.get(ids.inline);
    expect([site.comments.statusOf(root), root.version.number]).toEqual(['reopened', 1]);
  });

  it('moves replies up when a comment in the middle is deleted', () => {
    const leaf = site.comments.reply(ids.reply, { body: '' });

    site.comments.delete(ids.reply);

    expect(site.comments.get(leaf).parentId).toBe(ids.footer);
  });

  it('keeps the id of a replaced file, gives it another media file and keeps the old bytes', () => {
    const before = site.attachments.get(ids.file);

    site.attachments.replace(ids.file, { content: 'second one' });
    site.attachments.rename(ids.file, '..');

    const after = site.attachments.get(ids.file);
    expect([after.title, after.version.number, sizeOf(after.content)]).toEqual(['..', 2, 10]);
    expect(after.fileId).not.toBe(before.fileId);
    expect(site.attachments.findVersion(ids.file, 1)?.content).toEqual(before.content);
  });

  it('takes names that no file system likes, but not the same one twice', () => {
    const names = ['a/b', '..', 'CON', '%2F', 'u\u0308ber', '🚲', 'x'.repeat(300), '.env', '.ENV'];
    for (const name of names) site.attachments.add({ on: ids.page, name, content: '' });

    expect(site.attachments.of(ids.page).map(({ title }) => title)).toEqual(['plan.txt', ...names]);
    expect(() => site.attachments.add({ on: ids.page, name: '.env', content: '' })).toThrow('.env');
  });

  it('makes a big file when it is read, the same each time', () => {
    const read = (): Buffer => Buffer.concat([...readChunks({ size: 150_000 })]);

    expect(read()).toHaveLength(150_000);
    expect(read().equals(read())).toBe(true);
  });

  it('goes with a page that is purged', () => {
    site.purge(ids.page);

    expect(site.comments.all()).toEqual([]);
    expect(site.attachments.all().map(({ title }) => title)).toEqual(['dock.bin']);
  });

  it('is seen by those who may see the page and all above it', () => {
    const stranger = site.addUser({ name: 'Carlos' });
    const member = site.addUser({ name: 'Priya', groups: ['board'] });
    const sees = (accountId: string): boolean =>
      new Viewer(site, { accountId }).seesPart(site.comments.get(ids.footer));

    const { account } = site;
    const all = [account.accountId, ids.user, member, stranger];
    expect(all.map(sees)).toEqual([true, true, true, false]);
    site.restrict(ids.home);
    expect(all.map(sees)).toEqual([false, false, false, false]);
  });

  it('is hidden from whoever may not see the space or the page', () => {
    const comment = site.comments.get(ids.footer);

    expect(new Viewer(site, { spaces: ['a'] }).seesPart(comment)).toBe(true);
    expect(new Viewer(site, { spaces: ['B'] }).seesPart(comment)).toBe(false);
    expect(new Viewer(site, { hiddenIds: [ids.home] }).seesPart(comment)).toBe(false);
  });
});
