import { ada, carlos, mateusz } from './people.ts';
import type { SamplePage } from './sample-page.ts';
import { date, h, link, macro, mention, p, panel, status, table, ul } from './storage-format.ts';

function decision(options: {
  title: string;
  author: string;
  day: string;
  state: 'Accepted' | 'Superseded' | 'Proposed';
  text: string;
}): SamplePage {
  const colour = { Accepted: 'Green', Superseded: 'Red', Proposed: 'Yellow' }[options.state];
  const facts = table(
    ['State', status(options.state, colour)],
    ['Day', date(options.day)],
    ['Driver', mention(options.author)],
  );
  const body = macro('details', {}, facts) + options.text;
  return { title: `Decision: ${options.title}`, author: options.author, body };
}

export const engineeringDecisions: SamplePage = {
  title: 'Decisions',
  body: p('What we chose, and what would make us choose again.'),
  children: [
    decision({
      title: 'one database for each service',
      author: mateusz,
      day: '2025-03-04',
      state: 'Accepted',
      text:
        h(2, 'Why') +
        p('Two services on one table cannot be deployed apart. We tried, for a year.') +
        h(2, 'Against') +
        ul('Reports need a copy of everything.', 'Backups cost more.'),
    }),
    decision({
      title: 'price per minute',
      author: carlos,
      day: '2025-06-17',
      state: 'Accepted',
      text: p(
        'Flat prices made short rides dear. <ac:inline-comment-marker ac:ref="7b2f">Ten minutes stay free</ac:inline-comment-marker> of the minute price.',
      ),
    }),
    decision({
      title: 'SMS tickets',
      author: ada,
      day: '2024-11-02',
      state: 'Superseded',
      text:
        panel('info', `Replaced by the app: ${link('Rider app 4')}.`) +
        p('One rider in 4,000 used it.'),
    }),
    decision({
      title: 'open the dock map to everyone',
      author: ada,
      day: '2026-02-20',
      state: 'Proposed',
      text:
        p(
          `Waiting for ${link('Data protection', { space: 'HR' })} and a page nobody wrote yet: ${link('Open data')}.`,
        ) + macro('open-data-preview', { format: 'geojson' }, p('Docks in the old town')),
    }),
  ],
};
