import { readdir } from 'node:fs/promises';

import { foldersUpward } from './package-file.ts';

/** The lockfile of each package manager, and how that manager adds a package. */
const MANAGERS = [
  ['pnpm-lock.yaml', 'pnpm add -D'],
  ['yarn.lock', 'yarn add -D'],
  ['bun.lock', 'bun add -d'],
  ['bun.lockb', 'bun add -d'],
  ['package-lock.json', 'npm install -D'],
] as const;

/** The command that installs a package for a project, and why this one, e.g. `(yarn.lock found)`. */
export async function installCommand(name: string, directory: string): Promise<string> {
  for (const folder of foldersUpward(directory)) {
    const files = await readdir(folder).catch((): string[] => []);
    for (const [lockfile, command] of MANAGERS) {
      if (files.includes(lockfile)) return `${command} ${name}   (${lockfile} found in ${folder})`;
    }
  }
  return `npm install ${name}   (in ${directory})`;
}
