import type { DataCenterOptions } from './request.ts';

const defaults = {
  contextPath: '',
  timeZone: 'UTC',
  version: '9.2.1',
  knowsIds: true,
  echoesLimit: false,
};

/** How the server is set up; `undefined` on Cloud. */
export function deploymentOf({
  deployment,
  dataCenter,
}: {
  readonly deployment?: 'cloud' | 'data-center';
  readonly dataCenter?: DataCenterOptions;
}): Required<DataCenterOptions> | undefined {
  return deployment === 'data-center' ? { ...defaults, ...dataCenter } : undefined;
}
