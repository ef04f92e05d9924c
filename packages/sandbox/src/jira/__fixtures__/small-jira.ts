import { adf, JiraSite } from '../../index.ts';

/** Project `OPS` with an issue that has everything, its subtask, one it blocks, and an empty `WEB`. */
export function smallJira(): {
  readonly site: JiraSite;
  readonly ids: Readonly<Record<'epic' | 'main' | 'child' | 'other' | 'comment' | 'file', string>>;
} {
  const site = new JiraSite({ account: { name: 'Ada', email: 'ada@example.com' } });
  site.addProject({ key: 'OPS', name: 'Operations' });
  site.addProject({ key: 'WEB', name: 'Web site' });
  const mei = site.addUser({ name: 'Mei', timeZone: 'Asia/Tokyo' });
  const epic = site.addIssue({ project: 'OPS', type: 'Epic', summary: 'Docks' });
  const main = site.addIssue({
    project: 'OPS',
    type: 'Story',
    summary: 'Docks report their state',
    description: adf('A dock says how many bikes it holds.'),
    assigneeId: mei,
    labels: ['docks'],
    components: ['Firmware'],
    fixVersions: ['2.5'],
    dueDate: '2026-02-01',
    parentId: epic,
    custom: { customfield_10016: 3, customfield_10031: adf('It reports each minute.') },
  });
  const child = site.addIssue({ project: 'OPS', parentId: main, summary: 'Count the bikes' });
  const other = site.addIssue({ project: 'OPS', type: 'Bug', summary: 'Dock 7 is silent' });
  site.link(main, other);
  const comment = site.comments.add(main, { body: 'Which docks?', by: mei });
  site.comments.add(main, { body: 'All.', isPublic: false });
  site.worklogs.add(main, 3600, 'Looked at dock 7');
  const file = site.files.add(main, { name: 'dock.txt', content: 'ok', mediaType: 'text/plain' });
  site.addRemoteLink(main, {
    url: 'https://example.com/',
    title: 'Manual',
    relationship: 'mentioned in',
  });
  site.transition(main, 'In Progress');
  return { site, ids: { epic, main, child, other, comment, file } };
}
