import { resolve } from 'node:path';

/** The absolute form of a path a user wrote: `~` is the home folder, the rest relative to `base`. */
export function resolveUserPath(path: string, base: string, home: string): string {
  if (path === '~') return resolve(home);
  if (/^~[\\/]/.test(path)) return resolve(home, path.slice(2));
  return resolve(base, path);
}
