import type { CallContext, Check, HttpClient } from '@context-sync/core';

import { toKnown } from './check.ts';
import { mendScope } from './refusals.ts';
import { type TokenScope, tokenScopes } from './token-scopes.ts';

type Outcome = 'present' | 'missing' | 'refused' | 'open';

/**
 * Which scopes the token has. The scope is looked at before anything else, so a request for what is
 * not there tells: 401 means that the scope is missing, any other refusal that it is there.
 *
 * @param isProven whether the credentials are good; if not, the answers for refused ones tell nothing
 * @returns nothing when no request gets past that look: then it is not the scopes that are wrong
 */
export async function checkTokenScopes(
  http: HttpClient,
  { isProven }: { isProven: boolean },
  call: CallContext,
): Promise<Check[]> {
  const outcomes = await Promise.all(
    tokenScopes.map(async (entry) => ({ entry, outcome: await probe(http, entry, call) })),
  );
  const present = outcomes.filter(
    ({ outcome }) => outcome === 'present' || (isProven && outcome === 'refused'),
  );
  if (present.length === 0) return [];
  const missing = outcomes.filter(({ outcome }) => outcome === 'missing');
  const open = outcomes.filter(({ outcome }) => outcome === 'open');
  return [
    ...missing.map(({ entry }) => toMissing(entry)),
    ...open.map(({ entry: { scope } }): Check => ({
      id: `scope ${scope}`,
      status: 'indeterminate',
      message: 'It cannot be told whether the token has it: the service did not answer.',
      fix: 'Run the same command again.',
    })),
    {
      id: 'scopes',
      status: 'passed',
      message: present.map(({ entry: { scope } }) => scope).join(', '),
    },
  ];
}

async function probe(
  http: HttpClient,
  { probe: request }: TokenScope,
  call: CallContext,
): Promise<Outcome> {
  try {
    await http.json(request, call);
    return 'present';
  } catch (error) {
    const { status = 0, code } = toKnown(error);
    if (status === 401) return 'missing';
    // Credentials that are refused altogether look like this in v1 and v2.
    if (code === 'auth') return 'refused';
    return status >= 400 && status < 500 && status !== 429 ? 'present' : 'open';
  }
}

function toMissing({ scope, without, optional = false }: TokenScope): Check {
  const id = `scope ${scope}`;
  const message = `The token lacks the scope ${scope}; without it ${without}.`;
  const fix = mendScope(scope);
  if (optional) return { id, status: 'skipped', message, fix };
  return { id, status: 'failed', message, fix, error: { code: 'auth', message, hint: fix } };
}
