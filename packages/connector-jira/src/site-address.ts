import { z } from 'zod';

/** Never sent over the open network: only https, or http to this machine. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

type Context = z.core.$RefinementCtx<unknown>;

/** Identifies a site at the gateway. */
const cloudIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function refuse(message: string, input: string, context: Context): undefined {
  context.issues.push({ code: 'custom', message, input });
}

/** The address that a text holds, or `undefined` when it may not be used; then it is refused. */
function readAddress(text: string, example: string, context: Context): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return refuse(`Write an address, e.g. ${example}.`, text, context);
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const message = 'The address must hold no user name or password; they belong into "auth".';
    return refuse(message, text, context);
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    const message = `With http the credentials would travel in clear; write https://${url.hostname}.`;
    return refuse(message, text, context);
  }
  return url;
}

/**
 * Where a page begins that somebody looked at, below the site. `/jira` alone may be where a Data Center
 * lies.
 */
const below =
  /\/(browse|issues|projects|jira(?=\/(?:software|core|servicedesk|your-work|for-you|dashboards|filters|people|projects|polaris)(?:\/|$))|secure|rest|plugins|servicedesk|wiki|[a-z]+\.jspa)(\/|$).*$/i;

/** There Jira lies at the root. */
export const atlassianHost = /(^|\.)(atlassian\.net|jira\.com|atlassian\.com)$/i;

/** The address of the site from what people write, or copied from the browser with more behind it. */
export function toSiteUrl(text: string, context: Context): string {
  const url = readAddress(text, 'https://acme.atlassian.net', context);
  if (url === undefined) return z.NEVER;
  const { origin, pathname } = url;
  if (/^\/ex\/jira(\/|$)/.test(pathname)) {
    const message =
      'This is an address of the gateway; write the address of the site here, and "gateway: true".';
    refuse(message, text, context);
    return z.NEVER;
  }
  if (atlassianHost.test(url.hostname)) return origin;
  return origin + pathname.replace(below, '').replace(/\/+$/, '');
}

/** Where requests go in place of the site. */
export interface Gateway {
  /** e.g. `https://api.atlassian.com/ex/jira`; the cloud id follows. */
  readonly url: string;
  /** `undefined`: the site tells it. */
  readonly cloudId?: string;
}

/** The gateway of Atlassian's public cloud. */
const publicGateway: Gateway = { url: 'https://api.atlassian.com/ex/jira' };

const anyCloudId = '00000000-0000-0000-0000-000000000000';

/** The address of a gateway: its host alone, or with `/ex/jira` and the cloud id. */
function toGateway(text: string, context: Context): Gateway {
  const url = readAddress(text, publicGateway.url, context);
  if (url === undefined) return z.NEVER;
  const path = /^(?:\/ex\/jira(?:\/([^/]+))?)?\/?$/.exec(url.pathname);
  if (path === null || !cloudIdForm.test(path[1] ?? anyCloudId)) {
    const message = `Write the gateway's address as ${url.origin}/ex/jira, with the cloud id behind it if the site does not tell it.`;
    refuse(message, text, context);
    return z.NEVER;
  }
  const [, cloudId] = path;
  const gateway = { url: `${url.origin}/ex/jira` };
  return cloudId === undefined ? gateway : { ...gateway, cloudId };
}

/** `undefined`: requests go to the site itself. */
export const gateway = z
  .union([z.boolean(), z.string().trim()], {
    error: 'Write true, false, or the address of a gateway.',
  })
  .transform((value, context) => {
    if (typeof value === 'string') return toGateway(value, context);
    return value ? publicGateway : undefined;
  })
  .optional()
  .describe(
    'Send requests through `https://api.atlassian.com`, as tokens with scopes and OAuth need it: `true`, or the address of another gateway. Costs one request a day: the site tells its cloud id.',
  );
