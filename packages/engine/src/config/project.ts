import type { DiscoveryOptions } from '../discovery/connector-roots.ts';
import type { RootLocation } from './root.ts';
import type { SourceConfig } from './source-config.ts';

/** What the engine needs to know of the machine; it reads no environment or folder by itself. */
export interface ProjectOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Read this file and look for no other. */
  readonly configFile?: string;
  /** Mirror into this folder, whatever the config says. */
  readonly root?: string;
  /** Folder of the CLI: connectors installed beside it are found from here. */
  readonly hostDirectory: string;
}

/** Sources and the folder they are mirrored into, as configured. */
export interface Project {
  /** Absolute; `undefined` when the environment alone makes the project. */
  readonly configFile?: string;
  /** Folder of the config file, else the working directory. Connectors are looked for from here. */
  readonly directory: string;
  /** Absolute. It need not exist. */
  readonly root: string;
  readonly rootFrom: RootLocation['from'];
  /** In config order; those that are switched off too. */
  readonly sources: readonly SourceConfig[];
  readonly warnings: readonly string[];
  readonly options: ProjectOptions;
}

/** Where the connectors of a project are looked for. */
export function discoveryOptions({
  directory,
  options,
}: Pick<Project, 'directory' | 'options'>): DiscoveryOptions {
  const { env, home, hostDirectory } = options;
  return { directory, env, home, hostDirectory };
}
