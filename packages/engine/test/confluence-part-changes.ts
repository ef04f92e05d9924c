import type { ConfluenceSite } from '@context-sync/sandbox';

/** Changes something of a site. */
export type SiteChange = (site: ConfluenceSite, id: string, other: string, text: string) => void;

/** Any of the comments or attachments of a site, drawn by the ids of two pages. */
function pick<Item>(items: readonly Item[], id: string, other: string): Item | undefined {
  const seed = Number(id.slice(-4)) + Number(other.slice(-4));
  return items[seed % Math.max(items.length, 1)];
}

const onComment =
  (change: (site: ConfluenceSite, comment: string, text: string) => void): SiteChange =>
  (site, id, other, text) => {
    const comment = pick(site.comments.all(), id, other);
    if (comment !== undefined) change(site, comment.id, text);
  };

const onFile =
  (change: (site: ConfluenceSite, file: string, text: string) => void): SiteChange =>
  (site, id, other, text) => {
    const file = pick(site.attachments.all(), id, other);
    if (file !== undefined) change(site, file.id, text);
  };

/** File names that file systems and file names of others get in the way of. */
const fileNames = ['plan.txt', 'Plan.TXT', '../%2F', 'CON.md', 'README.md', 'é.png', 'e\u0301.png'];

function fileName(text: string): string {
  return fileNames[text.length % fileNames.length] ?? 'file';
}

/** Changes of comments, attachments, labels, restrictions and people. */
export const partChanges: Readonly<Record<string, SiteChange>> = {
  comment: (site, on, _, text) =>
    void site.comments.addFooter({ on, body: `<p>${text} is wrong.</p>` }),
  inlineComment: (site, on) =>
    void site.comments.addInline({ on, selection: 'Text', body: '<p>Which?</p>' }),
  reply: onComment((site, comment) => void site.comments.reply(comment, { body: '<p>Yes.</p>' })),
  editComment: onComment((site, comment, text) => site.comments.edit(comment, `<p>${text}</p>`)),
  resolve: onComment((site, comment) => site.comments.resolve(comment)),
  reopen: onComment((site, comment) => site.comments.reopen(comment)),
  deleteComment: onComment((site, comment) => site.comments.delete(comment)),
  attach: (site, on, _, text) =>
    void site.attachments.add({ on, name: fileName(text), content: `${text} 1` }),
  showFile: (site, id, _, text) =>
    site.edit(id, `<p><ac:image><ri:attachment ri:filename="${fileName(text)}"/></ac:image></p>`),
  replaceFile: onFile((site, file, text) =>
    site.attachments.replace(file, { content: `${text} 2` }),
  ),
  renameFile: onFile((site, file, text) => site.attachments.rename(file, fileName(text))),
  deleteFile: onFile((site, file) => site.attachments.delete(file)),
  restoreFile: onFile((site, file) => site.attachments.restore(file)),
  label: (site, id, _, text) => site.labels.add(id, `label-${text.length}`),
  unlabel: (site, id, _, text) => site.labels.remove(id, `label-${text.length}`),
  setReaders: (site, id) => site.restrictions.setReaders(id, { groups: ['board'] }),
  clearReaders: (site, id) => site.restrictions.clear(id),
  renamePerson: (site, _id, _other, text) =>
    site.people.rename(site.account.accountId, `Ada ${text}`),
};
