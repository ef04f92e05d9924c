import { type CallContext, type Check, type CheckReport, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isReference } from './config.ts';
import { type Access, mendCredentials, nameOf } from './refusals.ts';
import type { CurrentUser } from './schema.ts';

const id = 'credentials';

/** Failures after which it is still open whether the credentials are good. */
const undecided: ReadonlySet<string> = new Set(['transient', 'rate_limited']);

/** Who asks whom, and how. */
export interface Claim {
  readonly wikiUrl: string;
  readonly username: string | undefined;
  readonly access: Access;
}

/**
 * Proves the credentials with a request that no stranger gets an answer to. Without that proof a
 * refused token looks as if everything had been deleted.
 */
export async function checkCredentials(
  client: ConfluenceClient,
  claim: Claim,
  call: CallContext,
): Promise<CheckReport> {
  try {
    const user = await client.currentUser(call);
    if (!user.accountId || user.type === 'anonymous') return { checks: [anonymous(claim)] };
    return {
      identity: toIdentity(claim.wikiUrl, user.accountId, user),
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
export function toFailedCheck(checkId: string, error: ConnectorError, message?: string): Check {
  const shape = toShape(error);
  return {
    id: checkId,
    status: undecided.has(error.code) ? 'indeterminate' : 'failed',
    message: message ?? error.message,
    ...(shape.hint === undefined ? {} : { fix: shape.hint }),
    error: shape,
  };
}

function toIdentity(
  wikiUrl: string,
  accountId: string,
  { displayName }: CurrentUser,
): NonNullable<CheckReport['identity']> {
  const { host } = new URL(wikiUrl);
  return { id: `${wikiUrl}/${accountId}`, label: `${displayName ?? accountId} at ${host}` };
}

function toCredentialsCheck(error: ConnectorError, claim: Claim): Check {
  const isElsewhere = error.code === 'permanent' && error.status === 404;
  const isAbsent = error.code === 'not_found' || isElsewhere;
  const check = toFailedCheck(id, isAbsent ? noConfluence(error, claim) : error);
  const fix = mend(error, claim);
  return fix === undefined ? check : { ...check, fix };
}

/** What helps besides what the failure itself says. */
function mend(error: ConnectorError, { wikiUrl, username, access }: Claim): string | undefined {
  if (undecided.has(error.code)) {
    return `${error.hint ?? 'Check the network.'} baseUrl is ${wikiUrl}; when it is right, run the same command again.`;
  }
  const isRefused = error.code === 'auth' && error.status !== undefined;
  if (isRefused && !access.isServer && isOddAddress(username)) {
    return `auth.username is "${username}"; Confluence Cloud wants the e-mail address of the account.`;
  }
  // A web page with a good status comes from whatever stands in front of Confluence.
  if (!isRefused || error.status !== 200) return undefined;
  return access.method === 'cookie'
    ? mendCredentials(access)
    : `Check baseUrl (${wikiUrl}) and the proxy. Behind single sign-on give the cookie of a session as auth.cookie; what a proxy in front of the site wants, as headers.`;
}

function isOddAddress(username: string | undefined): boolean {
  return username !== undefined && !username.includes('@') && !isReference(username);
}

function toShape({ code, message, hint, status }: ConnectorError): NonNullable<Check['error']> {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  };
}

function noConfluence({ status }: ConnectorError, { wikiUrl, access }: Claim): ConnectorError {
  const options = status === undefined ? {} : { status };
  const hint = access.isServer
    ? 'Correct baseUrl, with the context path if there is one: open a page of Confluence in the browser and take the address up to "/display", "/spaces" or "/pages".'
    : 'Correct baseUrl: open a page of Confluence in the browser and take the address up to "/wiki". Of Data Center, write "deployment: data-center" too.';
  return access.viaGateway
    ? new ConnectorError('config', `The gateway knows no Confluence of ${wikiUrl}.`, {
        hint: `${hint} Or correct the cloud id in "gateway".`,
        ...options,
      })
    : new ConnectorError('config', `There is no Confluence at ${wikiUrl}.`, { hint, ...options });
}

function anonymous({ wikiUrl, access }: Claim): Check {
  const message = `${wikiUrl} answered as it does to a visitor without an account: it did not accept ${nameOf(access)}.`;
  const hint = mendCredentials(access);
  return toFailedCheck(id, new ConnectorError('auth', message, { hint }));
}
