import type { Token } from 'markdown-it';

const box = /^\[([ xX])\](?=[ \t])/;

/** Turns the boxes of GitHub's task lists, `- [x] done`, into HTML. Runs before marks are read. */
export function markTasks(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'inline' || tokens[index - 2]?.type !== 'list_item_open') continue;
    token.content = token.content.replace(
      box,
      (_, mark: string) => `<input type="checkbox" disabled${mark === ' ' ? '' : ' checked'}>`,
    );
  }
}
