export { missingAdfText } from './adf-text-loss.ts';
export type { Credential, Host, Principal } from './access/principal.ts';
export {
  type ConfluenceSandbox,
  type SandboxOptions,
  startConfluenceSandbox,
} from './confluence-sandbox.ts';
export { userKeyOf } from './data-center/people.ts';
export type { DataCenterOptions } from './data-center/request.ts';
export type { Fault, FaultKind, FaultPlan, FaultWhen } from './faults/fault.ts';
export { generatedSite, type GeneratedSiteOptions } from './generated-site.ts';
export {
  type JiraSandbox,
  type JiraSandboxOptions,
  startJiraSandbox,
} from './jira/jira-sandbox.ts';
export { adf, type Adf, type Issue, type NewIssue } from './jira/site/issue.ts';
export { recordedIssues } from './jira/recorded-issues.ts';
export { JiraSite } from './jira/site/jira-site.ts';
export { sampleJira } from './jira/samples/sample-jira.ts';
export { recordedPages } from './recorded-pages.ts';
export { earlyRequests, type RecordedRequest } from './recorded-request.ts';
export { sampleCompany } from './samples/sample-company.ts';
export type { SearchLimits } from './http/search-limits.ts';
export { type Attachment, type FileContent, readChunks, sizeOf } from './site/attachment.ts';
export type { Comment } from './site/comment.ts';
export { ConfluenceSite } from './site/confluence-site.ts';
export { bodyOf, type Content, type Label, type Readers, type Space } from './site/content.ts';
export type { NewPage, NewSpace } from './site/new-content.ts';
export type { SiteOptions } from './site/site-options.ts';
export type { NewUser, User } from './site/user.ts';
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
