export type { ProxySettings } from './agents.ts';
export type { HttpExchange } from './exchange.ts';
export { createHttp, type HttpHost, type HttpHostOptions } from './host.ts';
export { createOrigins, type Origins } from './origins.ts';
