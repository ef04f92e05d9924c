import { ConfluenceSite } from '../index.ts';

/** Space `A` with a page that people discuss: comments, replies, attachments, labels, readers. */
export function makeDiscussedSite(): {
  readonly site: ConfluenceSite;
  readonly ids: Readonly<
    Record<'home' | 'page' | 'post' | 'footer' | 'reply' | 'inline' | 'file' | 'user', string>
  >;
} {
  const site = new ConfluenceSite();
  site.addSpace({ key: 'A', name: 'First', homepage: { title: 'Home' } });
  const home = site.idOf('A', 'Home');
  const user = site.addUser({ name: 'Mei', timeZone: 'Asia/Tokyo' });
  const page = site.addPage({ space: 'A', title: 'Plan', body: '<p>Ship it on Friday.</p>' });
  const post = site.addPage({ space: 'A', title: 'News', kind: 'blogpost' });
  const footer = site.comments.addFooter({ on: page, body: '<p>Why?</p>', by: user });
  const reply = site.comments.reply(footer, { body: '<p>Because.</p>' });
  const inline = site.comments.addInline({ on: page, selection: 'Friday', body: '<p>No.</p>' });
  const file = site.attachments.add({
    on: page,
    name: 'plan.txt',
    content: 'first',
    mediaType: 'text/plain',
    comment: 'a draft',
  });
  site.attachments.add({ on: post, name: 'dock.bin', content: { size: 200_000 } });
  site.labels.add(page, 'roadmap');
  site.labels.add(page, 'favourite', 'my');
  site.restrictions.setReaders(page, { users: [user], groups: ['board'] });
  return { site, ids: { home, page, post, footer, reply, inline, file, user } };
}
