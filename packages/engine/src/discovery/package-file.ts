import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A package.json, read but not checked. */
export interface PackageFile {
  /** The real folder, behind any symbolic link. */
  readonly directory: string;
  readonly file: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Why `content` is empty: it could not be read or is not a JSON object. */
  readonly fault?: string;
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** The package.json of a folder, or `undefined` when there is none. */
export async function readPackageFile(directory: string): Promise<PackageFile | undefined> {
  let text: string;
  const file = join(directory, 'package.json');
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    return { directory, file, content: {}, fault: 'cannot be read' };
  }
  const real = await realpath(directory);
  const content = parseObject(text);
  if (content === undefined)
    return { directory: real, file, content: {}, fault: 'is not a JSON object' };
  return { directory: real, file, content };
}

/** The packages that a package.json asks for. */
export function declaredDependencies({ content }: PackageFile): string[] {
  const names = DEPENDENCY_FIELDS.flatMap((field) => Object.keys(toRecord(content[field])));
  return [...new Set(names)];
}

/** A package as `import` in a file of `from` finds it: in the `node_modules` of each folder upward. */
export async function findPackage(name: string, from: string): Promise<PackageFile | undefined> {
  for (const directory of foldersUpward(from)) {
    if (basename(directory) === 'node_modules') continue;
    const found = await readPackageFile(join(directory, 'node_modules', name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A folder and all above it, nearest first. */
export function foldersUpward(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...foldersUpward(parent)];
}

/** Tells whether a file error means that nothing is there. */
export function isAbsent(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The code of a system or module error, e.g. `ENOENT`. */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The value as an object; an empty one for anything else. */
export function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // Said by the caller, which knows the file.
  }
}
