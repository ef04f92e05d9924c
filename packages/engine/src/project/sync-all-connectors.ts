import type { SyncOptions, SyncSummary } from '../api.ts';
import type { Project } from '../config/project.ts';
import { requireSources } from '../config/require-sources.ts';
import { EngineError } from '../engine-error.ts';
import { assertSelected } from '../sync/active-source.ts';
import { runSync } from '../sync/run.ts';
import { networkOptions, runnableSources } from './runnable-sources.ts';
import { systemClock } from './system-clock.ts';

/**
 * Syncs the selected sources of a project into its mirror, the enabled ones when none are selected. A
 * source that fails stops no other; how each ended is in the summary.
 *
 * @throws ConfigError when no source is configured
 * @throws EngineError when the mirror cannot be used, or `usage` for a source that is not configured
 */
export async function syncAllConnectors(
  project: Project,
  options: SyncOptions = {},
): Promise<SyncSummary> {
  await requireSources(project);
  assertSelected(
    project.sources.map(({ name }) => name),
    options,
  );
  assertEnabled(project, options);
  const sources = await runnableSources(project);
  return runSync({
    root: project.root,
    sources,
    options,
    clock: systemClock,
    network: await networkOptions(project),
  });
}

function assertEnabled(project: Project, { select = [] }: SyncOptions): void {
  if (project.sources.every(({ enabled }) => !enabled)) {
    throw new EngineError('usage', 'Every source is switched off in the config.', {
      hint: 'Remove "enabled: false" from those to sync.',
    });
  }
  const off = project.sources.find(
    ({ name, enabled }) => !enabled && select.some(({ source }) => source === name),
  );
  if (off === undefined) return;
  throw new EngineError('usage', `The source ${off.name} is switched off in the config.`, {
    hint: `Remove "enabled: false" from sources.${off.name} to sync it.`,
  });
}
