import { adf, JiraSite } from '@context-sync/sandbox';

/**
 * Two projects that hold one of everything that is mirrored. Each text and file has a mark, a word that
 * begins with `mark-`: where it is, its document is.
 */
export function makeJiraFireSite(): JiraSite {
  const site = new JiraSite();
  for (const key of ['OPS', 'WEB']) site.addProject({ key, name: `Project ${key}` });
  const mei = site.addUser({ name: 'Mei Tanaka', accountId: '712020:mei' });
  const issue = (summary: string, project = 'OPS', parentId: string | null = null): string =>
    site.addIssue({ project, summary, parentId, description: adf(`text of ${summary}`) });
  const epic = issue('mark-epic');
  const story = issue('mark-story', 'OPS', epic);
  issue('mark-gone');
  issue('mark-leaving');
  const silence = issue('mark-silence', 'WEB');
  site.link(story, silence);
  // More than an issue brings with it.
  for (let index = 1; index <= 22; index += 1) {
    site.comments.add(story, { body: `mark-comment-${index}`, by: mei });
  }
  site.comments.add(silence, { body: 'mark-why' });
  site.worklogs.add(story, 3600, 'mark-work');
  site.addRemoteLink(story, { url: 'https://x.example/', title: 'mark-link', relationship: 'see' });
  const text = { mediaType: 'text/plain' };
  site.files.add(story, { name: 'mark-steps.txt', content: 'mark-bytes-1', ...text });
  site.files.add(silence, { name: 'mark-photo.zip', content: 'mark-zipped' });
  return site;
}

/** One change of every kind. */
export function changeJiraFireSite(site: JiraSite): void {
  const id = (summary: string): string =>
    site.issues.all().find((issue) => issue.summary === summary)?.id ?? '';
  const comment = (mark: string): string =>
    site.comments.all().find(({ body }) => JSON.stringify(body).includes(`"${mark}"`))?.id ?? '';
  const [story, epic, silence] = [id('mark-story'), id('mark-epic'), id('mark-silence')];
  site.clock.advance(3_600_000);
  site.edit(epic, { description: adf('text of mark-epic again') });
  site.transition(story, 'Done');
  site.delete(id('mark-gone'));
  site.move(id('mark-leaving'), 'WEB');
  site.comments.edit(comment('mark-comment-1'), 'mark-comment-1 again');
  site.comments.delete(comment('mark-comment-2'));
  site.comments.add(silence, { body: 'mark-because' });
  site.worklogs.add(story, 60, 'mark-more-work');
  const steps = site.issues.get(story).files.find(({ title }) => title === 'mark-steps.txt');
  site.files.delete(steps?.id ?? '');
  const text = { mediaType: 'text/plain' };
  const added = site.addIssue({ project: 'OPS', summary: 'mark-new', parentId: epic });
  site.files.add(added, {
    name: 'mark-new.txt',
    content: 'mark-new-file with more bytes',
    ...text,
  });
  site.people.rename('712020:mei', 'Mei Suzuki');
}
