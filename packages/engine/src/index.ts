export type {
  Change,
  CleanupReport,
  ConnectorInfo,
  Counts,
  Outcome,
  RebuildReport,
  RestoreReport,
  RunEvent,
  ScopeInfo,
  ScopeSummary,
  Selection,
  SourceCheck,
  SourceSummary,
  SyncOptions,
  SyncSummary,
} from './api.ts';
export type { MirrorStatus, SourceMetadata } from './mirror-status.ts';
export { EngineError, type EngineErrorCode } from './engine-error.ts';
export { ConfigError, type ConfigProblem, problemLine } from './config/config-error.ts';
export type { ConfigDescription } from './config/describe-config.ts';
export type { Project, ProjectOptions } from './config/project.ts';
export {
  checkSource,
  checkState,
  cleanup,
  describeConfig,
  findRoot,
  getAllConnectors,
  getSyncMetadata,
  listScopes,
  openProject,
  readStatus,
  rebuild,
  restore,
  runSync,
  syncAllConnectors,
  validateProject,
} from './calls.ts';
export type { RunInput } from './sync/run.ts';
export type {
  BrokenSource,
  EngineClock,
  NetworkOptions,
  RunnableSource,
} from './sync/runnable-source.ts';
