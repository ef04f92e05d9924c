const bullets = ['-', '*', '+'];
const bulletLine = /^\s*([-*+]) /;

/**
 * A list that was made of `- ` lines, with a bullet that neither the list before it has nor the one
 * behind: lists of one bullet would be read as one. Other texts come back as they are.
 */
export function apartFrom(
  list: string,
  { before, after }: { before: string; after: string },
): string {
  if (!list.startsWith('- ')) return list;
  const above = before.trimEnd();
  const lastLine = above.slice(above.lastIndexOf('\n') + 1);
  const [firstLine = ''] = after.trimStart().split('\n', 1);
  const taken = [lastLine, firstLine].map((line) => bulletLine.exec(line)?.[1]);
  const bullet = bullets.find((each) => !taken.includes(each)) ?? '-';
  return bullet === '-' ? list : list.replaceAll(/^( *)- /gm, `$1${bullet} `);
}
