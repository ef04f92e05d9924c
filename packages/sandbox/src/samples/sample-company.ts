import { ConfluenceSite } from '../site/confluence-site.ts';
import { blogPosts } from './blog-posts.ts';
import { addDiscussion } from './discussion.ts';
import { engineering } from './engineering.ts';
import { humanResources } from './human-resources.ts';
import { operations } from './operations.ts';
import { ada, people } from './people.ts';
import { addPages } from './sample-page.ts';
import { p } from './storage-format.ts';

/**
 * The Confluence of a small bike-sharing company: three spaces that link to each other, with about
 * sixty pages, some folders and blog posts, every construct of the storage format, and a few
 * comments, attachments, labels and readers.
 */
export function sampleCompany(): ConfluenceSite {
  const site = new ConfluenceSite({
    account: { accountId: ada, name: 'Ada Okafor', email: 'ada@example.com' },
  });
  for (const person of people) site.addUser(person);
  for (const { pages, ...space } of [engineering, operations, humanResources]) {
    site.addSpace(space);
    addPages(site, space.key, pages);
    addPages(site, space.key, blogPosts[space.key] ?? []);
  }
  addHistory(site);
  addDiscussion(site);
  return site;
}

/** What happened to some of the pages since: newer versions, one in the archive, one in the trash. */
function addHistory(site: ConfluenceSite): void {
  site.edit(site.idOf('ENG', 'CON'), p('A device on one system, a page on ours. Twice.'));
  site.rename(site.idOf('OPS', 'Old town'), 'Old town square');
  const archived = site.addPage({ space: 'OPS', title: 'Vans before 2024', body: p('Sold.') });
  site.archive(archived);
  const trashed = site.addPage({ space: 'HR', title: 'Party budget', body: p('Spent.') });
  site.trash(trashed);
}
