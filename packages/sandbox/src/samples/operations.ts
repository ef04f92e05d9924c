import { carlos, mateusz, mei, priya } from './people.ts';
import type { SamplePage, SampleSpace } from './sample-page.ts';
import {
  code,
  date,
  emoji,
  expand,
  h,
  image,
  link,
  macro,
  mention,
  ol,
  p,
  panel,
  status,
  table,
  tasks,
  ul,
} from './storage-format.ts';

function runbook(title: string, signs: string, ...steps: string[]): SamplePage {
  return {
    title,
    author: priya,
    body: h(2, 'How you notice') + p(signs) + h(2, 'What to do') + ol(...steps),
  };
}

const runbooks: SamplePage = {
  title: 'Runbooks',
  author: priya,
  body: panel('info', 'If a step is wrong, fix the page before you go home.') + macro('children'),
  children: [
    runbook(
      'Ghost rides',
      'More than 20 rides without an end, or a rider who has paid for a week.',
      `Find them: the query is in ${link('Ride service', { space: 'ENG', text: 'Storage' })}.`,
      'End each one at the last dock that saw the bike.',
      `Pay back what is over 6 hours: ${link('Refunds')}.`,
    ),
    runbook(
      'Station offline',
      'A grey dot on the map for ten minutes.',
      'Look at the weather. Rain and grey dots like each other.',
      `Restart it: <code>ctl dock restart 17</code>, once.`,
      `Send a van, tell ${mention(priya)}.`,
    ),
    runbook(
      'Swap a battery',
      `Lock error 3 in ${link('Lock error codes', { space: 'ENG' })}.`,
      'Bring two. One of them is empty.',
      `Follow the picture: ${image('battery.jpg', 'The flap is under the bell')}`,
      'Ring the bell. If it rings, you are done.',
    ),
    {
      title: 'Refunds',
      author: carlos,
      body:
        table(
          ['Who', 'Up to', 'Asks'],
          [
            'Support',
            '20 €',
            '<td rowspan="3"><p>Nobody</p><ul><li><p>but writes it down</p></li></ul></td>',
          ],
          ['Shift lead', '100 €'],
          ['Operations', '500 €'],
          ['Carlos', 'more', mention(carlos)],
        ) + p('Money goes back the way it came. Never in cash.'),
    },
  ],
};

const onCall: SamplePage = {
  title: 'On-call',
  kind: 'folder',
  children: [
    {
      title: 'On-call rota',
      author: priya,
      body: table(
        ['Week', 'First', 'Second'],
        [date('2026-01-05'), mention(mateusz), mention(mei)],
        [date('2026-01-12'), mention(mei), mention(priya)],
        [date('2026-01-19'), mention(priya), mention(mateusz)],
      ),
    },
    {
      title: 'Handover template',
      author: priya,
      body:
        h(3, 'What happened') +
        '<p><ac:placeholder>Two sentences. Link the incident.</ac:placeholder></p>' +
        h(3, 'What is still open') +
        tasks([false, 'Nothing, ideally']),
    },
  ],
};

function incident(title: string, minutes: number, story: string, lesson: string): SamplePage {
  const facts = table(['Length', `${minutes} min`], ['State', status('Closed', 'Green')]);
  return {
    title,
    author: mateusz,
    body:
      macro('details', {}, facts) +
      p(story) +
      panel('note', lesson) +
      expand('Timeline', ul('first alert', 'somebody looks', 'somebody understands', 'quiet')),
  };
}

const incidents: SamplePage = {
  title: 'Incidents',
  children: [
    incident(
      '2025-07-12 All locks open',
      23,
      'A certificate ended at noon. The locks did what they do without one: they opened.',
      `Certificates are in the calendar of the ${link('On-call rota')} now.`,
    ),
    incident(
      '2025-10-30 The hour that came twice',
      60,
      'The clocks went back, and 112 rides were shorter than nothing.',
      'Store UTC. Show local time. Never the other way round.',
    ),
    incident(
      '2026-01-08 Frost',
      410,
      `Error 7 on every third lock; see ${link('Winter lock', { space: 'ENG' })}.`,
      'Salt is not a firmware update.',
    ),
  ],
};

const stations: SamplePage = {
  title: 'Stations',
  body: macro('gallery', { include: '*.jpg' }) + p('Forty-one of them. The big ones have a page.'),
  children: [
    {
      title: 'Harbour',
      body:
        p(`60 docks, wind from the west ${emoji('dash', '💨')}.`) +
        image('harbour.jpg', 'Harbour station'),
      children: [
        { title: 'Harbour: parts list', body: code('text', 'bolt M8   240\ncap       60') },
      ],
    },
    { title: 'Old town', body: p('22 docks. Vans may enter before 10:00 only.') },
    { title: 'University', body: p(`Empty in summer, ${link('Peak days')} in October.`) },
  ],
};

export const operations: SampleSpace = {
  key: 'OPS',
  name: 'Operations',
  description: 'Stations, vans, incidents and the people who are awake.',
  homepage: {
    title: 'Operations',
    body: p(`Something is broken? ${link('Runbooks')}. Nobody answers? ${link('On-call rota')}.`),
  },
  pages: [
    runbooks,
    onCall,
    { title: 'on-call', body: p('What being on call means: a phone, a laptop, no wine.') },
    incidents,
    stations,
    {
      title: 'Peak days',
      author: priya,
      body: ul(
        'The first warm Saturday',
        `The match: <ac:link><ri:space ri:space-key="HR" /></ac:link> rides for free`,
        '1 October, when term starts',
      ),
    },
  ],
};
