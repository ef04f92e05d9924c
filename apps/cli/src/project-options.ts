import type { ProjectOptions } from '@context-sync/engine';
import type { Host } from '@context-sync/engine/console';

import type { CliOptions } from './command.ts';

/** What the engine needs to find the project that a command means. */
export function projectOptions({
  host,
  options,
}: {
  readonly host: Pick<Host, 'cwd' | 'env' | 'home' | 'hostDirectory'>;
  readonly options: Pick<CliOptions, 'config' | 'root'>;
}): ProjectOptions {
  return {
    cwd: host.cwd,
    env: host.env,
    home: host.home,
    hostDirectory: host.hostDirectory,
    ...(options.config === undefined ? {} : { configFile: options.config }),
    ...(options.root === undefined ? {} : { root: options.root }),
  };
}
