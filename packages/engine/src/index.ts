export {
  type Change,
  type CleanupReport,
  type ConnectorInfo,
  type Counts,
  EngineError,
  type EngineErrorCode,
  type MirrorStatus,
  type Outcome,
  type RebuildReport,
  type RestoreReport,
  type RunEvent,
  type ScopeInfo,
  type ScopeSummary,
  type Selection,
  type SourceCheck,
  type SourceMetadata,
  type SourceSummary,
  type SyncOptions,
  type SyncSummary,
} from './api.ts';
export { ConfigError, type ConfigProblem, problemLine } from './config/config-error.ts';
export { type ConfigDescription, describeConfig } from './config/describe-config.ts';
export type { Project, ProjectOptions } from './config/project.ts';
export {
  checkSource,
  cleanup,
  findRoot,
  getAllConnectors,
  getSyncMetadata,
  listScopes,
  openProject,
  readStatus,
  rebuild,
  restore,
  syncAllConnectors,
  validateProject,
} from './calls.ts';
