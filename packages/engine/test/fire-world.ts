import { ConfluenceSite } from '@context-sync/sandbox';

const mention = (accountId: string): string =>
  `<p>Ask <ac:link><ri:user ri:account-id="${accountId}"/></ac:link>.</p>`;

/**
 * Two spaces that hold one of everything that is mirrored. Each text and file has a mark, a word that
 * begins with `mark-`: where it is, its document is.
 */
export function makeFireSite(): ConfluenceSite {
  const site = new ConfluenceSite();
  const mei = site.addUser({ name: 'Mei Tanaka', accountId: '712020:mei' });
  for (const key of ['ENG', 'OPS']) {
    const body = `<p>mark-home-${key.toLowerCase()}</p>`;
    site.addSpace({ key, name: `Space ${key}`, homepage: { title: `${key} home`, body } });
  }
  const deploys = site.addPage({
    space: 'ENG',
    title: 'Deploys',
    body: `<p>mark-deploys Press the button.</p>${mention(mei)}`,
  });
  const page = (title: string, mark: string, parent?: string): string =>
    site.addPage({
      space: 'ENG',
      title,
      ...(parent === undefined ? {} : { parent }),
      body: `<p>mark-${mark} <ac:link><ri:page ri:content-title="Deploys"/></ac:link></p>`,
    });
  page('Incidents', 'incidents', deploys);
  const plans = site.addPage({ space: 'ENG', title: 'mark-plans', kind: 'folder' });
  page('Roadmap', 'roadmap', plans);
  page('Retired', 'retired');
  page('Purged', 'purged');
  page('Leaving', 'leaving');
  const body = '<p>mark-news</p>';
  const news = site.addPage({ space: 'ENG', kind: 'blogpost', title: 'News', body });
  site.addPage({ space: 'OPS', title: 'On call', body: `<p>mark-oncall</p>${mention(mei)}` });
  addParts(site, { deploys, news, mei, onCall: site.idOf('OPS', 'On call') });
  return site;
}

function addParts(
  site: ConfluenceSite,
  { deploys, news, mei, onCall }: Readonly<Record<'deploys' | 'news' | 'mei' | 'onCall', string>>,
): void {
  const why = site.comments.addFooter({ on: deploys, body: '<p>mark-why</p>', by: mei });
  site.comments.reply(why, { body: '<p>mark-because</p>' });
  site.comments.addInline({ on: deploys, selection: 'the button', body: '<p>mark-inline</p>' });
  site.comments.addFooter({ on: news, body: '<p>mark-thanks</p>' });
  site.comments.addFooter({ on: onCall, body: '<p>mark-tonight</p>', by: mei });
  const text = { mediaType: 'text/plain' };
  site.attachments.add({ on: deploys, name: 'mark-steps.txt', content: 'mark-bytes-1', ...text });
  site.attachments.add({ on: deploys, name: 'mark-photo.zip', content: 'mark-zipped' });
  site.attachments.add({ on: onCall, name: 'mark-rota.txt', content: 'mark-rota-bytes', ...text });
  site.labels.add(deploys, 'mark-label');
  site.restrictions.setReaders(deploys, { users: [mei], groups: ['mark-board'] });
}

/** One change of every kind. */
export function changeFireSite(site: ConfluenceSite): void {
  const id = (title: string): string => site.idOf('ENG', title);
  const comment = (mark: string): string =>
    site.comments.all().find(({ body }) => body.includes(mark))?.id ?? '';
  const file = (name: string): string =>
    site.attachments.all().find(({ title }) => title === name)?.id ?? '';
  site.edit(id('Deploys'), '<p>mark-deploys Press the button twice.</p>');
  site.edit(id('News'), '<p>mark-news Again.</p>');
  site.rename(id('Incidents'), 'What went wrong');
  site.move(id('Roadmap'), { parent: null });
  site.trash(id('Retired'));
  site.purge(id('Purged'));
  site.move(id('Leaving'), { space: 'OPS' });
  site.addPage({ space: 'ENG', title: 'New', parent: id('mark-plans'), body: '<p>mark-new</p>' });
  site.rename(id('mark-plans'), 'mark-plans and more');
  site.comments.edit(comment('mark-because'), '<p>mark-because of it</p>');
  site.comments.delete(comment('mark-thanks'));
  site.comments.resolve(comment('mark-inline'));
  site.comments.addFooter({ on: id('New'), body: '<p>mark-welcome</p>' });
  site.attachments.replace(file('mark-steps.txt'), { content: 'mark-bytes-2' });
  site.attachments.delete(file('mark-photo.zip'));
  const added = { on: id('New'), name: 'mark-new.txt', mediaType: 'text/plain' };
  site.attachments.add({ ...added, content: 'mark-new-file with more bytes' });
  site.labels.add(id('New'), 'mark-fresh');
  site.people.rename('712020:mei', 'Mei Suzuki');
}

/** The marks in the paths and texts of a mirror. */
export function marksOf(tree: Readonly<Record<string, string>>): ReadonlySet<string> {
  const text = Object.entries(tree).flat().join('\n');
  return new Set(text.match(/mark-[a-z0-9-]+/g) ?? []);
}
