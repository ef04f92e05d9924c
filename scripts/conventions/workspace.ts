import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The fields of a `package.json` that rules look at. */
export interface Manifest {
  readonly name?: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export interface WorkspacePackage {
  /** e.g. `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What is in the repository: the text of each file by its path, `/` between the parts. */
export interface Workspace {
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly WorkspacePackage[];
}

/** Tells what is wrong and what to do about it, one line for each place. */
export type Rule = (workspace: Workspace) => readonly string[];

/** The workspace that these files make. */
export function toWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const packages = Object.entries(files)
    .filter(([path]) => /^(packages|apps)\/[^/]+\/package\.json$/.test(path))
    .map(([path, text]) => ({ folder: posix.dirname(path), manifest: JSON.parse(text) }));
  return { files: new Map(Object.entries(files)), packages };
}

/** Reads every file that git knows or would add. */
export function readWorkspace(root: string): Workspace {
  const list = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  const paths = list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return toWorkspace(
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  );
}

/** One problem for each file whose path matches and whose text breaks the rule. */
export function eachFile(
  { files }: Workspace,
  pattern: RegExp,
  problem: (text: string, path: string) => string | undefined,
): readonly string[] {
  return [...files].flatMap(([path, text]) => {
    const found = pattern.test(path) ? problem(text, path) : undefined;
    return found === undefined ? [] : [`${path}: ${found}`];
  });
}

/** `file:line` with the line's problem, for each line that has one. */
export function eachLine(
  workspace: Workspace,
  pattern: RegExp,
  problem: (line: string, lineBefore: string, path: string) => string | undefined,
): readonly string[] {
  return [...workspace.files].flatMap(([path, text]) => {
    if (!pattern.test(path)) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const found = problem(line, lines[index - 1] ?? '', path);
      return found === undefined ? [] : [`${path}:${index + 1}: ${found}`];
    });
  });
}
