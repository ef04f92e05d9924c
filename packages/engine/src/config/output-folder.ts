import { basename, dirname, resolve } from 'node:path';

import type { RootLocation } from './root.ts';

/** An output folder, and what names it: a variable or a flag. */
export interface OutputFolder {
  readonly type: string;
  readonly variable: string;
  readonly path: string;
  readonly isNamed: boolean;
}

/** The output folder of a connector, by its absolute path. */
export function toOutputFolder(type: string, variable: string, path: string): OutputFolder {
  return { type, variable, path, isNamed: basename(path) === type };
}

/**
 * The root that follows from output folders of single sources; `undefined` when there are none. A folder
 * named after its source lies in the root; another one becomes the root itself.
 */
export function rootOfFolders(folders: readonly OutputFolder[]): RootLocation | undefined {
  const [first, ...others] = folders;
  if (first === undefined) return undefined;
  const root = first.isNamed ? dirname(first.path) : first.path;
  const own = first.isNamed
    ? []
    : [
        `${first.variable} does not end in "${first.type}", so ${root} becomes the root and the documents lie in ${resolve(root, first.type)}.`,
      ];
  const elsewhere = others
    .filter((other) => (other.isNamed ? dirname(other.path) : other.path) !== root)
    .map(({ variable }) => `${variable} is not followed: all sources are mirrored into ${root}.`);
  return { root, from: 'environment', problems: [], warnings: [...own, ...elsewhere] };
}
