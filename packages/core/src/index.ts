export type { Check, CheckOptions, CheckReport } from './check.ts';
export { BaseConnector, type Connector } from './connector.ts';
export type { Cache, CallContext, Clock, ConnectorContext, Logger, Secrets } from './context.ts';
export {
  type Capabilities,
  type ConfigEffect,
  type ConnectorDefinition,
  type ConnectorOptions,
  type ContractVersion,
  defineConnector,
  type IndexOptions,
  type KindOptions,
} from './definition.ts';
export type {
  Bytes,
  Content,
  DocumentHeader,
  DocumentId,
  Lossy,
  Permissions,
  Person,
  Placement,
  SourceDocument,
  Timestamp,
} from './document.ts';
export {
  ConnectorError,
  type ConnectorErrorOptions,
  type ErrorCode,
  type ErrorShape,
} from './errors.ts';
export type {
  CheckpointEvent,
  DeleteEvent,
  FailureEvent,
  FetchEvent,
  ListingEvent,
  PartsAnswer,
  PartsEvent,
  PatchEvent,
  PeopleEvent,
  ProgressEvent,
  SeenEvent,
  SyncEvent,
  UpsertEvent,
  WarningEvent,
} from './events.ts';
export type {
  Http,
  HttpClient,
  HttpClientOptions,
  HttpExplanation,
  HttpHeaders,
  HttpLimits,
  HttpRequest,
  HttpResponse,
  HttpStream,
  RateLimitSignal,
} from './http.ts';
export type { Json, JsonObject } from './json.ts';
export type {
  Known,
  PartsRequest,
  Scope,
  ScopeEvent,
  ScopeId,
  ScopesOptions,
  SyncRequest,
} from './scope.ts';
