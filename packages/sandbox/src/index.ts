export {
  type ConfluenceSandbox,
  type RecordedRequest,
  type SandboxOptions,
  startConfluenceSandbox,
} from './confluence-sandbox.ts';
export type { Fault, FaultKind, FaultPlan, FaultWhen } from './faults.ts';
export { generatedSite, type GeneratedSiteOptions } from './generated-site.ts';
export { recordedPages } from './recorded-pages.ts';
export { sampleCompany } from './samples/sample-company.ts';
export { ConfluenceSite } from './site/confluence-site.ts';
export { bodyOf, type Content, type Space, type User } from './site/content.ts';
export type { NewPage, NewSpace } from './site/new-content.ts';
export type { SiteOptions } from './site/site-options.ts';
export {
  type MemoryConfig,
  memoryConnector,
  type MemoryConnectorOptions,
} from './memory/memory-connector.ts';
export {
  type BrokenStream,
  type MemoryDocument,
  type MemoryFault,
  MemoryWorld,
} from './memory/memory-world.ts';
export { missingText } from './text-loss.ts';
