import type { ConfluenceSite } from '../site/confluence-site.ts';
import { ada, carlos, mateusz, mei, priya } from './people.ts';
import { smallImage } from './small-image.ts';
import { p } from './storage-format.ts';

/** What people said about some of the sample pages, hung on them, and keep among themselves. */
export function addDiscussion(site: ConfluenceSite): void {
  addComments(site);
  addAttachments(site);
  const labels: readonly [space: string, title: string, ...labels: string[]][] = [
    ['ENG', 'How we deploy', 'how-to', 'deployment'],
    ['ENG', 'Ride service', 'service'],
    ['OPS', 'Refunds', 'how-to'],
    ['HR', 'Time off', 'policy'],
  ];
  for (const [space, title, ...names] of labels) {
    for (const name of names) site.labels.add(site.idOf(space, title), name);
  }
  const readers = { users: [carlos], groups: ['people-team'] };
  site.restrictions.setReaders(site.idOf('HR', 'Open roles'), readers);
}

function addComments(site: ConfluenceSite): void {
  const { comments } = site;
  const price = site.idOf('ENG', 'Decision: price per minute');
  const question = comments.addInline({
    on: price,
    selection: 'Ten minutes stay free',
    markerRef: '7b2f',
    body: p('Also for the night tariff?'),
    by: priya,
  });
  const answer = comments.reply(question, { body: p('Yes, all day.'), by: carlos });
  comments.reply(answer, { body: p('Then the app has to say so.'), by: mei });
  const settled = comments.addInline({
    on: site.idOf('ENG', 'CON'),
    selection: 'a page on ours',
    body: p('Does this sync on Windows?'),
    by: mateusz,
  });
  comments.reply(settled, { body: p('It does now.'), by: ada });
  comments.resolve(settled, mateusz);
  const deploy = site.idOf('ENG', 'How we deploy');
  const footer = comments.addFooter({
    on: deploy,
    body: p('Who rolls back at <strong>night</strong>?'),
    by: mei,
  });
  comments.reply(footer, { body: p('Whoever is on call.'), by: ada });
  comments.edit(footer, p('Who rolls back at <strong>night</strong>, and how?'), mei);
  const post = site.idOf('ENG', 'Firmware 2.4 is out');
  comments.addFooter({ on: post, body: p('Flashed all of the harbour today.'), by: priya });
}

function addAttachments(site: ConfluenceSite): void {
  const { attachments } = site;
  attachments.add({
    on: site.idOf('ENG', 'Ride service'),
    name: 'ride states.png',
    content: smallImage(64, 40),
    mediaType: 'image/png',
    by: mateusz,
  });
  const on = site.idOf('ENG', 'How we deploy');
  const text = { mediaType: 'text/plain', by: mei };
  const list = attachments.add({ on, name: 'checklist.txt', content: '1. Look.\n', ...text });
  attachments.replace(list, { content: '1. Look.\n2. Press.\n', comment: 'second step', ...text });
  attachments.add({ on, name: '../a\\b: "odd" %2F.txt', content: 'Odd name.\n', ...text });
}
