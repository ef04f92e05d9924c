import { ada, carlos, priya } from './people.ts';
import type { SampleSpace } from './sample-page.ts';
import {
  a,
  date,
  emoji,
  expand,
  h,
  link,
  macro,
  mention,
  p,
  panel,
  table,
  ul,
} from './storage-format.ts';

export const humanResources: SampleSpace = {
  key: 'HR',
  name: 'People',
  description: 'Everything that is not a bike.',
  homepage: {
    title: 'People',
    body: p(`Questions go to ${mention(ada)}. There are no silly ones ${emoji('bike', '🚲')}.`),
  },
  pages: [
    {
      title: 'Working here',
      body: p('The things you look up twice a year.'),
      children: [
        {
          title: 'Time off',
          author: ada,
          body:
            table(
              ['', 'Days', 'Tell'],
              ['Holiday', '28', 'your lead, two weeks before'],
              ['Sick', 'as long as it takes', 'your lead, when you wake up'],
              ['Moving house', '1', '<td rowspan="2"><p>nobody, just take it</p></td>'],
              ['First warm day of spring', '½'],
            ) + p(`But look at ${link('Peak days', { space: 'OPS' })} first.`),
        },
        {
          title: 'Expenses',
          author: carlos,
          body:
            ul('Trains: yes, second class.', 'Planes: ask.', 'Bikes: you have 3,200.') +
            p(
              `Form: ${a('https://example.com/expenses', 'expenses')}, before ${date('2026-12-15')}.`,
            ),
        },
        {
          title: 'Working from elsewhere',
          body:
            panel('tip', 'Up to 30 days a year, in most places.') +
            macro('widget', { url: 'https://example.com/map' }),
        },
        { title: 'Runbooks', body: p('For people: who to call when you are locked out.') },
      ],
    },
    {
      title: 'Hiring',
      body: p('Everybody interviews. Nobody interviews alone.'),
      children: [
        {
          title: 'Interview guide',
          author: priya,
          body:
            h(2, 'Before') +
            ul('Read the letter.', 'Prepare two questions.') +
            h(2, 'After') +
            expand('What we never ask', p('Age, family, faith, health, plans for any of them.')),
        },
        {
          title: 'Open roles',
          body: ul('Van driver (nights)', 'Firmware engineer', 'Somebody who understands invoices'),
        },
      ],
    },
    {
      title: 'Policies',
      kind: 'folder',
      children: [
        {
          title: 'Data protection',
          author: ada,
          body:
            h(2, 'Rides') +
            p('We keep where a ride began and ended for 90 days, and never the way between.') +
            h(2, 'People') +
            p(`Ask ${mention(ada)} for your data; you get it within a week.`),
        },
        { title: 'Code of conduct', body: p('Be decent. It is not complicated.') },
        {
          title: 'Security basics',
          body:
            ul('Lock your screen.', 'Lock your bike.') +
            macro('include', { '': 'Code of conduct' }),
        },
      ],
    },
  ],
};
