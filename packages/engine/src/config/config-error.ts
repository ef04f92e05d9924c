import { isAbsolute, relative } from 'node:path';

/** One fault of the configuration. Never holds the value of a secret. */
export interface ConfigProblem {
  /** The config file, relative to the working directory when it lies inside; `undefined`: the environment. */
  readonly file?: string;
  /** From 1; absent when the file has no positions (a script) or the fault is the whole file. */
  readonly line?: number;
  readonly column?: number;
  /** The field, e.g. `sources.wiki.baseUrl`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}

/** The configuration cannot be used. Holds every fault that was found, not only the first. */
export class ConfigError extends Error {
  readonly '~contextSync' = 'config-error';
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }

  /** Tells whether a caught value is a `ConfigError`, of this copy of the package or another. */
  static is(value: unknown): value is ConfigError {
    return (
      typeof value === 'object' &&
      value !== null &&
      '~contextSync' in value &&
      value['~contextSync'] === 'config-error'
    );
  }
}

/** e.g. `context-sync.config.yaml:5:14  sources.wiki.baseUrl  Invalid URL ("not a url")`. */
export function problemLine({ file, line, column, path, message, hint }: ConfigProblem): string {
  const place = [file ?? 'environment', line, column]
    .filter((part) => part !== undefined)
    .join(':');
  const text = hint === undefined ? message : `${message} — ${hint}`;
  return [place, path, text].filter((part) => part !== '').join('  ');
}

/** A file as a user likes to read it: relative to the working directory when it lies inside. */
export function displayPath(file: string, cwd: string): string {
  const short = relative(cwd, file);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? file : short;
}

/** A path of keys as one word: `sources.wiki.spaces[0]`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}
