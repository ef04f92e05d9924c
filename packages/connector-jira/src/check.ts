import { type CallContext, type Check, type CheckReport, ConnectorError } from '@context-sync/core';

import type { JiraClient } from './client.ts';
import { isReference } from './config.ts';
import { type Access, mendCredentials } from './refusals.ts';
import { toUnreadable } from './unreadable.ts';

const id = 'credentials';

/** Failures after which it is still open whether the credentials are good. */
const undecided: ReadonlySet<string> = new Set(['transient', 'rate_limited']);

/** Who asks whom, and how. */
export interface Claim {
  readonly siteUrl: string;
  readonly username: string | undefined;
  readonly access: Access;
}

/** Proves the credentials with a request that no stranger gets an answer to. */
export async function checkCredentials(
  client: JiraClient,
  claim: Claim,
  call: CallContext,
): Promise<CheckReport> {
  try {
    const { id: accountId, name } = await client.currentUser(call);
    if (accountId === undefined) throw toUnreadable('the account');
    const { host } = new URL(claim.siteUrl);
    return {
      identity: { id: `${claim.siteUrl}/${accountId}`, label: `${name} at ${host}` },
      checks: [{ id, status: 'passed' }],
    };
  } catch (error) {
    return { checks: [toCredentialsCheck(toKnown(error), claim)] };
  }
}

/** The failure behind what was thrown; anything else goes on its way. */
export function toKnown(error: unknown): ConnectorError {
  if (!ConnectorError.is(error) || error.code === 'cancelled') throw error;
  return error;
}

/** A failure as a check: `indeterminate` when it says nothing about what was asked. */
export function toFailedCheck(checkId: string, error: ConnectorError, fix = error.hint): Check {
  const { code, message, hint, status } = error;
  return {
    id: checkId,
    status: undecided.has(code) ? 'indeterminate' : 'failed',
    message,
    ...(fix === undefined ? {} : { fix }),
    error: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(status === undefined ? {} : { status }),
    },
  };
}

function toCredentialsCheck(error: ConnectorError, claim: Claim): Check {
  const isElsewhere = error.code === 'permanent' && error.status === 404;
  if (error.code !== 'not_found' && !isElsewhere)
    return toFailedCheck(id, error, mend(error, claim));
  const absent = new ConnectorError('config', `There is no Jira at ${claim.siteUrl}.`, {
    hint: `Correct baseUrl: open an issue in the browser and take the address up to "/browse".${otherDeployment(claim.access)}`,
    ...(error.status === undefined ? {} : { status: error.status }),
  });
  return toFailedCheck(id, absent);
}

function otherDeployment({ isServer = false }: Access): string {
  return isServer
    ? ' Of Jira Cloud at an address of its own, write "deployment: cloud" too.'
    : ' Of Data Center, write "deployment: data-center" too.';
}

/** What helps besides what the failure itself says. */
function mend(error: ConnectorError, { siteUrl, username, access }: Claim): string | undefined {
  if (undecided.has(error.code)) {
    return `${error.hint ?? 'Check the network.'} baseUrl is ${siteUrl}; when it is right, run the same command again.`;
  }
  const isRefused = error.code === 'auth' && error.status !== undefined;
  if (!isRefused) return error.hint;
  const isOdd = username !== undefined && !username.includes('@') && !isReference(username);
  if (isOdd && access.isServer !== true) {
    return `auth.username is "${username}"; Jira Cloud wants the e-mail address of the account.`;
  }
  // A web page with a good status comes from whatever stands in front of Jira.
  if (error.status !== 200) return error.hint;
  return access.method === 'cookie'
    ? mendCredentials(access)
    : `Check baseUrl (${siteUrl}) and the proxy. Behind single sign-on give the cookie of a session as auth.cookie; what a proxy in front of the site wants, as headers.`;
}
