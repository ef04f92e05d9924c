import type { CheckOptions, ScopesOptions } from '@context-sync/core';

import type {
  CleanupReport,
  ConnectorInfo,
  RebuildReport,
  RestoreReport,
  ScopeInfo,
  SourceCheck,
  SyncOptions,
  SyncSummary,
} from './api.ts';
import type { ConfigProblem } from './config/config-error.ts';
import type { ConfigDescription } from './config/describe-config.ts';
import type { Project, ProjectOptions } from './config/project.ts';
import type { MirrorStatus, SourceMetadata } from './mirror-status.ts';
import type { AskOptions } from './project/ask-connector.ts';
import type { RunInput } from './sync/run.ts';

// Each call loads what it needs and nothing else: `status` must start as fast as Node does.

/** Reads the configuration; see `config/open-project.ts`. @throws ConfigError with every problem */
export async function openProject(options: ProjectOptions): Promise<Project> {
  return (await import('./config/open-project.ts')).openProject(options);
}

/** The folder of the mirror alone; see `config/root.ts`. @throws ConfigError */
export async function findRoot(options: ProjectOptions): Promise<string> {
  return (await import('./config/root.ts')).findRoot(options);
}

/** The configuration without secrets, and where each field comes from. */
export async function describeConfig(project: Project): Promise<ConfigDescription> {
  return (await import('./config/describe-config.ts')).describeConfig(project);
}

/** Problems that show without the network; see `project/validate-project.ts`. */
export async function validateProject(project: Project): Promise<readonly ConfigProblem[]> {
  return (await import('./project/validate-project.ts')).validateProject(project);
}

/** Installed connectors and who uses them; none is imported. */
export async function getAllConnectors(project: Project): Promise<readonly ConnectorInfo[]> {
  return (await import('./project/get-all-connectors.ts')).getAllConnectors(project);
}

/** Syncs the selected sources; see `project/sync-all-connectors.ts`. @throws ConfigError, EngineError */
export async function syncAllConnectors(
  project: Project,
  options?: SyncOptions,
): Promise<SyncSummary> {
  return (await import('./project/sync-all-connectors.ts')).syncAllConnectors(project, options);
}

/**
 * Syncs sources that are made by a program instead of a config: what `syncAllConnectors` does once
 * the connectors are loaded; see `sync/run.ts`. @throws EngineError
 */
export async function runSync(input: RunInput): Promise<SyncSummary> {
  return (await import('./sync/run.ts')).runSync(input);
}

/** Proves the credentials of a source; see `project/ask-connector.ts`. */
export async function checkSource(
  project: Project,
  source: string,
  options?: AskOptions & CheckOptions,
): Promise<SourceCheck> {
  return (await import('./project/ask-connector.ts')).checkSource(project, source, options);
}

/** The scopes a source selects and what is mirrored of them; see `project/ask-connector.ts`. */
export async function listScopes(
  project: Project,
  source: string,
  options?: AskOptions & ScopesOptions,
): Promise<readonly ScopeInfo[]> {
  return (await import('./project/ask-connector.ts')).listScopes(project, source, options);
}

/** Whether the state database of a mirror is whole; see `state/check-state.ts`. @throws EngineError */
export async function checkState(root: string): Promise<'absent' | 'good'> {
  return (await import('./state/check-state.ts')).checkState(root);
}

/** What the state database tells of a mirror; see `state/read-status.ts`. @throws EngineError */
export async function readStatus(root: string): Promise<MirrorStatus> {
  return (await import('./state/read-status.ts')).readStatus(root);
}

/** The same for one source; `undefined` when nothing of it was synced. @throws EngineError */
export async function getSyncMetadata(
  root: string,
  source: string,
): Promise<SourceMetadata | undefined> {
  return (await import('./state/read-status.ts')).getSyncMetadata(root, source);
}

/** Removes what no run removes by itself; see `project/cleanup.ts`. @throws EngineError */
export async function cleanup(
  project: Project,
  source?: string,
  options?: { dryRun?: boolean },
): Promise<CleanupReport> {
  // Without a config every source would look like one that it no longer has.
  await (await import('./config/require-sources.ts')).requireSources(project);
  return (await import('./project/cleanup.ts')).cleanup(project, source, options);
}

/** Copies what a run removed aside; see `mirror/restore.ts`. @throws EngineError */
export async function restore(root: string, options?: { run?: string }): Promise<RestoreReport> {
  return (await import('./mirror/restore.ts')).restore(root, options);
}

/** Makes the state database anew from the files; see `mirror/rebuild.ts`. @throws EngineError */
export async function rebuild(project: Project): Promise<RebuildReport> {
  return (await import('./mirror/rebuild.ts')).rebuildMirror(project.root, project.sources);
}
