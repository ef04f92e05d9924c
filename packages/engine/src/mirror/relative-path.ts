/** The link from a file in one folder to another file; both are relative to the root. */
export function relativePath(fromFolder: string, toPath: string): string {
  const from = fromFolder === '' ? [] : fromFolder.split('/');
  const to = toPath.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
