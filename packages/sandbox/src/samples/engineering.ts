import { engineeringDecisions } from './engineering-decisions.ts';
import { engineeringServices } from './engineering-services.ts';
import { formattingZoo } from './formatting-zoo.ts';
import { carlos, mateusz, mei, priya } from './people.ts';
import type { SamplePage, SampleSpace } from './sample-page.ts';
import {
  a,
  code,
  date,
  emoji,
  expand,
  h,
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

const homepage = `
<ac:layout>
  <ac:layout-section ac:type="two_equal">
    <ac:layout-cell>${h(2, 'Start here')}${ul(
      `${link('Your first week')} if you are new`,
      `${link('How we deploy')} before your first change`,
      `${link('Glossary')} for the words we use`,
    )}</ac:layout-cell>
    <ac:layout-cell>${h(2, 'Ask us')}${p(
      `${mention(mateusz)} backend · ${mention(mei)} firmware · ${mention(priya)} everything on fire ${emoji('fire', '🔥')}`,
    )}${p(`Channel <code>#eng</code>, or the ${link('On-call rota', { space: 'OPS' })}.`)}</ac:layout-cell>
  </ac:layout-section>
</ac:layout>
${macro('children', { all: 'true' })}`;

const handbook: SamplePage = {
  title: 'Handbook',
  body: p('How we work. Short on purpose.') + macro('pagetree', { root: '@self' }),
  children: [
    {
      title: 'Your first week',
      author: priya,
      body:
        p(`Welcome ${emoji('wave', '👋')} Your buddy is in the calendar invitation.`) +
        tasks(
          [true, 'Laptop, badge, coffee'],
          [true, `Read ${link('How we deploy')}`],
          [false, `Ride a bike home and unlock it with the app by ${date('2026-01-16')}`],
          [false, `Ask ${mention(mateusz)} for access to staging`],
        ) +
        panel('tip', `Holidays and sick days are in ${link('Time off', { space: 'HR' })}.`),
    },
    {
      title: 'How we deploy',
      author: mateusz,
      body:
        macro('toc', { maxLevel: '3' }) +
        h(2, 'The short version') +
        ol(
          'Merge to <code>main</code>. The build takes six minutes.',
          `Watch the canary for ten minutes. <strong>Do not leave.</strong>`,
          'Press <em>Promote</em>, or do nothing and it promotes itself.',
        ) +
        code('bash', 'ctl deploy api --canary 5%\nctl watch api --for 10m', 'By hand') +
        h(2, 'Rolling back') +
        panel('warning', 'Never roll back across a migration. Roll forward.') +
        expand(
          'Why not?',
          p(
            'The old code does not know the new column, and the locks keep the last answer for an hour.',
          ),
        ) +
        h(2, 'Freeze') +
        p(
          `No deploys on the first sunny Saturday of spring: ${link('Peak days', { space: 'OPS' })}.`,
        ),
    },
    {
      title: 'Code review',
      author: carlos,
      body:
        ul('Answer within a working day.', 'Two comments on style mean one missing lint rule.') +
        '<blockquote><p>Be kind to the author; you are the author on Thursday.</p></blockquote>' +
        '<p>Was: <del>three approvals</del> <ins>one approval</ins>, since H<sub>2</sub> 2025<sup>*</sup>.</p><hr />' +
        '<p><span style="color: rgb(255,86,48);">*</span> <u>Firmware</u> still needs two.</p>',
    },
    {
      title: 'Glossary',
      body:
        macro('anchor', { '': 'top' }) +
        table(
          ['Word', 'What we mean'],
          ['<th><p>Dock</p></th>', 'The post a bike locks to.'],
          [
            '<th><p>Ghost ride</p></th>',
            `A ride that never ends: ${link('Ghost rides', { space: 'OPS' })}.`,
          ],
          ['<th><p>ﬁrmware / ファームウェア</p></th>', 'What runs in the lock. Ask 芽衣.'],
        ) +
        p(link('Glossary', { anchor: 'top', text: 'Back to top' })),
    },
  ],
};

const projects: SamplePage = {
  title: 'Projects',
  kind: 'folder',
  children: [
    {
      title: 'Winter lock',
      author: mei,
      body:
        macro(
          'details',
          {},
          table(
            ['Owner', mention(mei)],
            ['State', status('On track', 'Green')],
            ['Due', date('2026-11-01')],
          ),
        ) +
        macro('excerpt', {}, p('The lock must open at −20 °C. It opens at −14 °C.')) +
        p(
          `Spec: ${a('https://example.com/specs/winter-lock?rev=3&view=full', 'winter-lock, rev. 3')}`,
        ),
      children: [
        {
          title: 'Winter lock: freezer tests',
          author: mei,
          body: table(
            ['°C', 'Opened', 'Seconds'],
            ['−5', '100 / 100', '0.4'],
            [
              '−14',
              '97 / 100',
              '<td rowspan="2"><p>1.1, then 2.8 with the second battery</p></td>',
            ],
            ['−20', '41 / 100'],
            ['<td colspan="3"><p><em>Battery 2 arrived late; the rest follows.</em></p></td>'],
          ),
        },
        { title: 'Winter lock: weekly notes', kind: 'folder', children: weeklyNotes() },
      ],
    },
    {
      title: 'Rider app 4',
      author: carlos,
      body:
        p(`Now: ${status('Design', 'Blue')} Next: ${status('Build', 'Grey')}`) +
        macro('roadmap', { title: 'Rider app 4', timeline: 'true' }) +
        macro('jira', { jqlQuery: 'project = APP AND fixVersion = 4.0', count: 'true' }),
    },
    {
      title: 'Project states',
      body: macro('detailssummary', { cql: 'space = "ENG" and label = "project"' }),
    },
  ],
};

function weeklyNotes(): SamplePage[] {
  return ['2026-01-09', '2026-01-16', '2026-01-23'].map((day, week) => ({
    title: `Notes ${day}`,
    author: mei,
    body:
      h(3, 'Decided') +
      ul(['Order the thicker grease.', 'Test at night.', 'Keep the second battery.'][week] ?? '') +
      h(3, 'To do') +
      tasks([week < 2, `Ask ${mention(priya)} about week ${week + 1}`]) +
      macro('excerpt-include', { '': 'Winter lock', nopanel: 'true' }),
  }));
}

/** Titles that a file system, a terminal or a parser would rather not meet. */
const oddities: SamplePage = {
  title: 'Odd corners',
  children: [
    { title: '../../etc/passwd', body: p('A title is text, whatever it looks like.') },
    { title: 'README', body: p('Somebody had to.') },
    { title: 'CON', body: p('A device on one system, a page on ours.') },
    { title: 'C++ & <friends>: "quotes", 100%?', body: p(`See ${link('../../etc/passwd')}.`) },
    { title: 'Überraschung 🎉 für José', body: p('Zażółć gęślą jaźń · שלום · 自転車') },
    formattingZoo,
    { title: 'Empty page' },
  ],
};

export const engineering: SampleSpace = {
  key: 'ENG',
  name: 'Engineering',
  description: 'Lock firmware, backend and the rider app.',
  homepage: { title: 'Engineering', body: homepage },
  pages: [handbook, engineeringServices, engineeringDecisions, projects, oddities],
};
