import { firstPair, type Principal } from './access/principal.ts';
import { answerDataCenter, withoutWords } from './data-center/answer.ts';
import { deploymentOf } from './data-center/deployment.ts';
import { usernameOf } from './data-center/people.ts';
import type { DataCenterOptions } from './data-center/request.ts';
import type { FaultPlan } from './faults/fault.ts';
import { answer } from './http/answer.ts';
import { dataCenterLimits, defaultSearchLimits, type SearchLimits } from './http/search-limits.ts';
import { answerJira, answerJiraMedia } from './jira/jira-answer.ts';
import { defaultJiraLimits } from './jira/rest/jira-request.ts';
import type { JiraSite } from './jira/site/jira-site.ts';
import { answerMedia } from './media/media-answer.ts';
import { cloudId } from './resources/tenant.ts';
import { sampleCompany } from './samples/sample-company.ts';
import {
  type Answers,
  type Arrived,
  type RunningService,
  startService,
} from './service/sandbox-service.ts';
import type { ConfluenceSite } from './site/confluence-site.ts';

type Credentials = { readonly username: string; readonly token: string } | readonly Principal[];

export interface SandboxOptions {
  /** @default 'cloud' */
  readonly deployment?: 'cloud' | 'data-center';
  /** Of a Data Center. */
  readonly dataCenter?: DataCenterOptions;
  /** @default sampleCompany() */
  readonly site?: ConfluenceSite;
  /** A Jira at the same address, for the same people. Cloud alone. @default none */
  readonly jira?: JiraSite;
  /** @default 0, any free port */
  readonly port?: number;
  /** Time that passes before each answer, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  /** One pair that opens everything, or a list of whom to let in. @default the site's account */
  readonly credentials?: Credentials;
  /** @default none */
  readonly faults?: FaultPlan;
  /** The most rows on one page of a search. */
  readonly searchLimits?: Partial<SearchLimits>;
}

export interface ConfluenceSandbox extends RunningService {
  /** What a user would configure as base URL: `http://127.0.0.1:PORT/wiki`; of a Data Center its own. */
  readonly url: string;
  /** Cloud: the same site as seen through the gateway, `…/ex/confluence/{cloudId}/wiki`. */
  readonly gatewayUrl: string;
  /** The first pair of name and token among the principals. */
  readonly username: string;
  readonly token: string;
  /** Change it at any time; the next answer shows it. */
  readonly site: ConfluenceSite;
}

/**
 * Starts a look-alike of Confluence Cloud on 127.0.0.1, with its media server on another port; or one
 * of Data Center, where names and passwords and tokens hold alike.
 */
export async function startConfluenceSandbox(
  options: SandboxOptions = {},
): Promise<ConfluenceSandbox> {
  const { site = sampleCompany(), port = 0, latencyMs = 0, faults = [] } = options;
  const isCloud = options.deployment !== 'data-center';
  const accountName = isCloud ? site.account.email : usernameOf(site.account);
  const given = options.credentials ?? { username: accountName, token: 'sandbox-token' };
  const principals = toPrincipals(given, options.deployment);
  const server = deploymentOf(options);
  const searchLimits: SearchLimits = {
    ...(server === undefined ? defaultSearchLimits : dataCenterLimits),
    ...options.searchLimits,
  };
  const settings = { port, latencyMs, principals, faults, clock: site.clock };
  return startService(settings, (service) => {
    const url = service.origin + (server?.contextPath ?? '/wiki');
    const gatewayUrl = `${service.origin}/ex/confluence/${cloudId}/wiki`;
    const sandbox = { ...service, url, gatewayUrl, ...firstPair(principals), site };
    const common = { site, baseUrl: url, mediaUrl: service.mediaUrl, searchLimits };
    return {
      service: sandbox,
      answers: withJira(options.jira, service, {
        api: (arrived) =>
          server === undefined
            ? answer({ ...common, ...arrived })
            : answerDataCenter({ ...common, ...arrived, server }),
        media: (arrived) => answerMedia({ ...common, ...arrived }),
        ...(server === undefined ? {} : { onWire: withoutWords }),
      }),
    };
  });
}

/** Jira has the root of the address, the wiki what is below `/wiki`. */
function withJira(
  site: JiraSite | undefined,
  { origin: baseUrl, mediaUrl }: RunningService,
  wiki: Answers,
): Answers {
  if (site === undefined) return wiki;
  const common = { site, baseUrl, mediaUrl, limits: defaultJiraLimits };
  const isJira = ({ path }: Arrived): boolean => /^\/(rest\/api\/3|ex\/jira)\//.test(path);
  const isFile = ({ path }: Arrived): boolean =>
    site.issues.all().some(({ files }) => files.some(({ fileId }) => path.includes(fileId)));
  return {
    api: (arrived) => (isJira(arrived) ? answerJira({ ...common, ...arrived }) : wiki.api(arrived)),
    media: (arrived) =>
      isFile(arrived) ? answerJiraMedia({ ...common, ...arrived }) : wiki.media(arrived),
  };
}

/** The one pair of the simple form is good everywhere; on Data Center its token is, alone. */
function toPrincipals(
  given: Credentials,
  deployment: SandboxOptions['deployment'],
): readonly Principal[] {
  if (!('token' in given)) return given;
  const pair: Principal = { credential: { kind: 'basic', ...given }, hosts: ['site', 'gateway'] };
  if (deployment !== 'data-center') return [pair];
  return [pair, { credential: { kind: 'bearer', token: given.token } }];
}
