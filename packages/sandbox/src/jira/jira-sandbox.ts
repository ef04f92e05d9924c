import { firstPair, type Principal } from '../access/principal.ts';
import type { FaultPlan } from '../faults/fault.ts';
import { cloudId } from '../resources/tenant.ts';
import { type RunningService, startService } from '../service/sandbox-service.ts';
import { answerJira, answerJiraMedia } from './jira-answer.ts';
import { defaultJiraLimits, type JiraLimits, serverLimits } from './rest/jira-request.ts';
import { answerServer } from './server/answer-server.ts';
import { JiraSite } from './site/jira-site.ts';

export interface JiraSandboxOptions {
  /** @default an empty site */
  readonly site?: JiraSite;
  /** @default 0, any free port */
  readonly port?: number;
  /** Time that passes before each answer, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  /** Whom to let in; `spaces` are keys of projects. @default the site's account */
  readonly credentials?: readonly Principal[];
  /** @default none */
  readonly faults?: FaultPlan;
  readonly limits?: Partial<JiraLimits>;
  /** @default 'cloud' */
  readonly deployment?: 'cloud' | 'data-center';
  /** Where a Data Center lies on its host, e.g. `/jira`. @default the root */
  readonly contextPath?: string;
}

export interface JiraSandbox extends RunningService {
  /** What a user would configure as base URL: `http://127.0.0.1:PORT`, with the context path. */
  readonly url: string;
  /** The same site as seen through the gateway, `…/ex/jira/{cloudId}`. */
  readonly gatewayUrl: string;
  /** The first pair of name and token among the principals. */
  readonly username: string;
  readonly token: string;
  /** Change it at any time; the next answer shows it. */
  readonly site: JiraSite;
}

/** Starts a look-alike of Jira on 127.0.0.1, with its media server on another port. */
export async function startJiraSandbox(options: JiraSandboxOptions = {}): Promise<JiraSandbox> {
  const { site = new JiraSite(), port = 0, latencyMs = 0, faults = [] } = options;
  const { deployment = 'cloud', contextPath = '' } = options;
  const isServer = deployment === 'data-center';
  const pair = { username: site.account.email, token: 'sandbox-token' };
  const principals: readonly Principal[] = options.credentials ?? [
    { credential: { kind: 'basic', ...pair }, hosts: ['site', 'gateway'] },
    ...(isServer ? [{ credential: { kind: 'bearer' as const, token: pair.token } }] : []),
  ];
  const limits = { ...(isServer ? serverLimits : defaultJiraLimits), ...options.limits };
  const settings = { port, latencyMs, principals, faults, clock: site.clock };
  return startService(settings, (service) => {
    const url = service.origin + contextPath;
    const common = { site, baseUrl: url, mediaUrl: service.mediaUrl, limits };
    const gatewayUrl = `${url}/ex/jira/${cloudId}`;
    return {
      service: { ...service, url, gatewayUrl, ...firstPair(principals), site },
      answers: {
        api: (arrived) =>
          isServer
            ? answerServer({ ...common, ...arrived, contextPath })
            : answerJira({ ...common, ...arrived }),
        media: (arrived) => answerJiraMedia({ ...common, ...arrived }),
      },
    };
  });
}
