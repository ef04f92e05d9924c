import { type CallContext, type Check, type CheckReport, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';
import { isReference } from './config.ts';
import type { CurrentUser } from './schema.ts';

const id = 'credentials';

/** Failures after which it is still open whether the credentials are good. */
const undecided: ReadonlySet<string> = new Set(['transient', 'rate_limited']);

/**
 * Proves the credentials with a request that no stranger gets an answer to. Without that proof a
 * refused token looks as if everything had been deleted.
 */
export async function checkCredentials(
  client: ConfluenceClient,
  { wikiUrl, username }: { wikiUrl: string; username: string },
  call: CallContext,
): Promise<CheckReport> {
  try {
    const user = await client.currentUser(call);
    if (!user.accountId || user.type === 'anonymous') return { checks: [anonymous(wikiUrl)] };
    return {
      identity: toIdentity(wikiUrl, user.accountId, user),
      checks: [{ id, status: 'passed' }],
    };
  } catch (error) {
    if (!ConnectorError.is(error) || error.code === 'cancelled') throw error;
    return { checks: [toCheck(error, wikiUrl, username)] };
  }
}

function toIdentity(
  wikiUrl: string,
  accountId: string,
  { displayName }: CurrentUser,
): NonNullable<CheckReport['identity']> {
  const { host } = new URL(wikiUrl);
  return { id: `${wikiUrl}/${accountId}`, label: `${displayName ?? accountId} at ${host}` };
}

function toCheck(error: ConnectorError, wikiUrl: string, username: string): Check {
  if (undecided.has(error.code)) {
    const fix = `Check the network and baseUrl (${wikiUrl}), then run the same command again.`;
    return { id, status: 'indeterminate', message: error.message, fix, error: toShape(error) };
  }
  const shape = error.code === 'not_found' ? noConfluence(error, wikiUrl) : toShape(error);
  const isEmail = username.includes('@') || isReference(username);
  const fix = isEmail
    ? shape.hint
    : `auth.username is "${username}"; Confluence Cloud wants the e-mail address of the account.`;
  const { message } = shape;
  return { id, status: 'failed', message, error: shape, ...(fix === undefined ? {} : { fix }) };
}

function toShape({ code, message, hint, status }: ConnectorError): NonNullable<Check['error']> {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  };
}

function noConfluence({ status }: ConnectorError, wikiUrl: string): NonNullable<Check['error']> {
  return {
    code: 'config',
    message: `There is no Confluence at ${wikiUrl}.`,
    hint: 'Correct baseUrl: open a page of Confluence in the browser and take the address up to "/wiki".',
    ...(status === undefined ? {} : { status }),
  };
}

function anonymous(wikiUrl: string): Check {
  const message = `${wikiUrl} answered as it does to a visitor without an account: it did not accept the token.`;
  const fix = 'Check auth.username (the e-mail address of the account) and auth.token.';
  return { id, status: 'failed', message, fix, error: { code: 'auth', message, hint: fix } };
}
