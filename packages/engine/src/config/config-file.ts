import { readdir, readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { errorCodeOf, foldersUpward, isAbsent, isRecord } from '../discovery/package-file.ts';
import { ConfigError, type ConfigProblem, displayPath } from './config-error.ts';
import { type ConfigText, parseJsonText, parseYamlText } from './config-text.ts';
import type { ProjectOptions } from './project.ts';

/** A config file that was found and read. Its syntax is right; its fields are not checked. */
export interface ConfigFile extends ConfigText {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Other config files in the same folder, which are not read. */
  readonly passedOver: readonly string[];
}

const NAME = 'context-sync';
const ENDINGS = ['yaml', 'yml', 'json', 'ts', 'mjs', 'js'];
const FILES = [
  ...ENDINGS.map((ending) => `${NAME}.config.${ending}`),
  `.${NAME}rc`,
  `.${NAME}rc.json`,
  `.${NAME}rc.yaml`,
];
const USER_FILES = [...ENDINGS.map((ending) => `config.${ending}`), ...FILES];
const PACKAGE_FILE = 'package.json';

/** The place of a config file that has not been read. */
export type ConfigLocation = Pick<ConfigFile, 'file' | 'passedOver'>;

/**
 * The config file to use, see {@link locateConfigFile}. Throws {@link ConfigError} when it cannot be
 * read, or not as YAML, JSON or a module.
 */
export async function findConfigFile(options: ProjectOptions): Promise<ConfigFile | undefined> {
  const location = await locateConfigFile(options);
  return location === undefined ? undefined : loadConfigFile(location, options);
}

/**
 * Where the config file is: the one that is named, else the nearest one upward from the working
 * directory, else the one in the user's config folder; `undefined` when there is none.
 */
export async function locateConfigFile(
  options: ProjectOptions,
): Promise<ConfigLocation | undefined> {
  if (options.configFile !== undefined) {
    return { file: resolve(options.cwd, options.configFile), passedOver: [] };
  }
  const home = resolve(options.home);
  const folders = foldersUpward(resolve(options.cwd));
  // Above the home folder lies what belongs to others.
  const own = folders.includes(home) ? folders.slice(0, folders.indexOf(home) + 1) : folders;
  for (const folder of own) {
    const found = await findIn(folder, [...FILES, PACKAGE_FILE]);
    if (found !== undefined) return found;
  }
  return findIn(userConfigDirectory(options), USER_FILES);
}

/** `$XDG_CONFIG_HOME/context-sync`, or `~/.config/context-sync`. */
function userConfigDirectory({ env, home }: Pick<ProjectOptions, 'env' | 'home'>): string {
  const configHome = env['XDG_CONFIG_HOME'];
  const base =
    configHome !== undefined && isAbsolute(configHome) ? configHome : join(home, '.config');
  return join(base, NAME);
}

async function findIn(
  folder: string,
  names: readonly string[],
): Promise<ConfigLocation | undefined> {
  const present = await readdir(folder).catch((): string[] => []);
  const [first, ...others] = names
    .filter((name) => name !== PACKAGE_FILE && present.includes(name))
    .map((name) => join(folder, name));
  if (first !== undefined) return { file: first, passedOver: others };
  const holdsConfig =
    names.includes(PACKAGE_FILE) &&
    present.includes(PACKAGE_FILE) &&
    (await mayHoldConfig(join(folder, PACKAGE_FILE)));
  return holdsConfig ? { file: join(folder, PACKAGE_FILE), passedOver: [] } : undefined;
}

/** A package.json counts only when it has the field, and not as the manifest of a connector. */
async function mayHoldConfig(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (!text.includes(`"${NAME}"`)) return false;
  try {
    const content: unknown = JSON.parse(text);
    const field = isRecord(content) ? content[NAME] : undefined;
    return field !== undefined && !(isRecord(field) && 'manifest' in field);
  } catch {
    return true; // Loading it tells where the fault is.
  }
}

async function loadConfigFile(
  { file, passedOver }: ConfigLocation,
  options: ProjectOptions,
): Promise<ConfigFile> {
  const text = await loadText(file, options);
  const place = { file: displayPath(file, options.cwd) };
  const problems: ConfigProblem[] = text.faults.map((fault) => ({ ...place, path: '', ...fault }));
  if (problems.length > 0) throw new ConfigError(problems);
  const { value } = text;
  if (value === undefined || value === null) throw new ConfigError([{ ...place, ...EMPTY }]);
  if (!isRecord(value)) throw new ConfigError([{ ...place, ...NO_MAPPING }]);
  return { ...text, file, value, passedOver };
}

const EMPTY = {
  path: '',
  message: 'The file is empty',
  hint: 'write at least "sources:" with one source, or remove the file',
};

const NO_MAPPING = {
  path: '',
  message: 'Expected fields like "version: 1" and "sources: …" at the top, not a list or a text',
};

async function loadText(file: string, options: ProjectOptions): Promise<ConfigText> {
  const { cosmiconfig } = await import('cosmiconfig');
  const loader = cosmiconfig(NAME, { cache: false, loaders: LOADERS, searchPlaces: FILES });
  try {
    const result = await loader.load(file);
    const loaded: unknown = result?.config;
    return isConfigText(loaded) ? loaded : NOTHING;
  } catch (error) {
    if (ConfigError.is(error)) throw error;
    const place = { file: displayPath(file, options.cwd), path: '' };
    throw new ConfigError([{ ...place, ...loadFault(error) }]);
  }
}

const NOTHING: ConfigText = { value: undefined, faults: [], position: () => undefined };

function isConfigText(value: unknown): value is ConfigText {
  return isRecord(value) && typeof value['position'] === 'function' && 'faults' in value;
}

type Loader = (file: string, text: string) => Promise<unknown>;

// Each gives a `ConfigText`, so that positions survive and cosmiconfig's `$import` finds nothing.
const LOADERS: Readonly<Record<string, Loader>> = {
  '.yaml': (_, text) => parseYamlText(text),
  '.yml': (_, text) => parseYamlText(text),
  '.json': loadJson,
  noExt: (_, text) => parseYamlText(text),
  '.ts': loadTypeScript,
  '.mts': loadTypeScript,
  '.js': loadScript,
  '.mjs': loadScript,
  '.cjs': loadScript,
};

async function loadJson(file: string, text: string): Promise<unknown> {
  const read = await parseJsonText(text);
  if (basename(file) !== PACKAGE_FILE) return read;
  if (read.faults.length > 0) return { [NAME]: read };
  const value = isRecord(read.value) ? read.value[NAME] : undefined;
  const field: ConfigText = {
    ...read,
    value,
    position: (path, part) => read.position([NAME, ...path], part),
  };
  return { [NAME]: field };
}

async function loadTypeScript(file: string): Promise<ConfigText> {
  const { createJiti } = await import('jiti');
  // `fsCache` would write compiled copies beside the project.
  const jiti = createJiti(file, { fsCache: false, moduleCache: false });
  return { ...NOTHING, value: await jiti.import(file, { default: true }) };
}

async function loadScript(file: string): Promise<ConfigText> {
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return { ...NOTHING, value: isRecord(module) ? module['default'] : undefined };
}

function loadFault(error: unknown): Pick<ConfigProblem, 'message' | 'hint' | 'line' | 'column'> {
  if (isAbsent(error)) return { message: 'There is no such file' };
  const code = errorCodeOf(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      message: 'The file cannot be read: permission denied',
      hint: 'make it readable with chmod u+r',
    };
  }
  if (code === 'EISDIR') return { message: 'This is a folder, not a file' };
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return { message: `The file cannot be loaded: ${message.trim()}`, ...scriptPosition(error) };
}

// Jiti gives the place of a syntax error at the end of its message alone.
function scriptPosition(error: unknown): { line?: number; column?: number } {
  const [, line, column] =
    /:(\d+):(\d+)\s*$/.exec(error instanceof Error ? error.message : '') ?? [];
  return line === undefined ? {} : { line: Number(line), column: Number(column) };
}
