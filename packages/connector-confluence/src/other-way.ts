import { type CallContext, ConnectorError } from '@context-sync/core';

import type { ConfluenceClient } from './client.ts';

const refusals: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/**
 * Whether a request was refused for itself: the site or the scopes of the token do not allow it, and
 * another way may still be open. A token that was just revoked is refused in the same words, so the
 * credentials are proven anew before a refusal is believed.
 */
export async function isClosedWay(
  client: ConfluenceClient,
  error: unknown,
  call: CallContext,
): Promise<boolean> {
  if (!ConnectorError.is(error) || !refusals.has(error.status ?? 0)) return false;
  try {
    const { accountId, type } = await client.currentUser(call);
    return Boolean(accountId) && type !== 'anonymous';
  } catch (refusal) {
    if (call.signal.aborted) throw refusal;
    return false;
  }
}
