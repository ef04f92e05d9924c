import { carlos, mateusz, mei, people, priya } from '../../samples/people.ts';
import { macro } from '../../samples/storage-format.ts';
import type { ConfluenceSite } from '../../site/confluence-site.ts';
import { bodyOf } from '../../site/content.ts';
import { defaultAccount } from '../../site/site-options.ts';
import { adf, type Adf } from '../site/issue.ts';
import { JiraSite } from '../site/jira-site.ts';

type Node = Readonly<Record<string, unknown>>;

const text = (value: string, ...marks: readonly Node[]): Node => ({
  type: 'text',
  text: value,
  marks,
});
const p = (...content: readonly Node[]): Node => ({ type: 'paragraph', content });
const doc = (...content: readonly Node[]): Adf => ({ type: 'doc', version: 1, content });
const mention = (id: string): Node => ({ type: 'mention', attrs: { id, text: '@somebody' } });
const list = (...items: readonly string[]): Node => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [p(text(item))] })),
});

/**
 * The Jira beside the sample company's wiki: two projects whose issues link to each other and to pages.
 * Pages of the wiki are given links to issues.
 */
export function sampleJira(wiki: ConfluenceSite): JiraSite {
  const site = new JiraSite({ account: defaultAccount, clock: wiki.clock });
  for (const person of people) site.addUser(person);
  site.addProject({ key: 'APP', name: 'Rider app' });
  site.addProject({ key: 'FIELD', name: 'Field work' });
  const page = (space: string, title: string): Node => {
    const href = `/wiki/spaces/${space}/pages/${wiki.idOf(space, title)}`;
    return text(title, { type: 'link', attrs: { href } });
  };
  const epic = site.addIssue({
    project: 'APP',
    type: 'Epic',
    summary: 'Night tariff',
    description: doc(
      p(text('Rides between '), text('23:00', { type: 'strong' }), text(' and 5:00 cost less.')),
      p(text('Decided in '), page('ENG', 'Decision: price per minute')),
    ),
    labels: ['pricing'],
    by: carlos,
  });
  const story = site.addIssue({
    project: 'APP',
    type: 'Story',
    summary: 'Show the tariff before a ride begins',
    description: doc(
      p(mention(mei), text(' knows the screens.')),
      list('Price a minute', 'Free minutes'),
    ),
    parentId: epic,
    assigneeId: mei,
    custom: {
      customfield_10016: 5,
      customfield_10020: [{ id: 4, name: 'Winter 2', state: 'active', boardId: 1 }],
      customfield_10031: doc(
        list('The price is that of the server', 'It is read out by screen readers'),
      ),
    },
    by: priya,
  });
  site.addIssue({ project: 'APP', parentId: story, summary: 'Ask the server for the tariff' });
  const lock = site.addIssue({
    project: 'FIELD',
    type: 'Bug',
    summary: 'Locks freeze below -10 °C',
    description: doc(p(text('See '), page('ENG', 'Lock gateway'), text(' for what they report.')), {
      type: 'codeBlock',
      attrs: { language: 'text' },
      content: [text('lock 4711: motor stalled')],
    }),
    priority: 'Highest',
    components: ['Locks'],
    by: mateusz,
  });
  site.addIssue({ project: 'FIELD', summary: 'Grease for the winter', dueDate: '2026-11-30' });
  site.link(lock, story, 'Relates');
  site.comments.add(lock, { body: 'Twelve so far, all at the harbour.', by: priya });
  site.comments.add(lock, { body: adf('Then it is the salt.'), by: mei });
  site.files.add(lock, { name: 'lock 4711.log', content: 'stalled\n', mediaType: 'text/plain' });
  site.worklogs.add(lock, 5400, 'Measured the motor');
  site.transition(story, 'In Progress');
  site.transition(lock, 'Done');
  const decision = wiki.idOf('ENG', 'Decision: price per minute');
  const reference = macro('jira', { key: site.issues.get(epic).key });
  wiki.edit(decision, bodyOf(wiki.contents.get(decision)) + reference);
  return site;
}
