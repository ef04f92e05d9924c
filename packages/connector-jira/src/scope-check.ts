import type { CallContext, Check, CheckReport, HttpClient } from '@context-sync/core';

import { toFailedCheck, toKnown } from './check.ts';
import { isMissingScope } from './refusals.ts';

/** What needs it, and what a sync is without it. */
const tokenScopes = {
  user: {
    scope: 'read:jira-user',
    without: 'the credentials cannot be proven, and nothing is read',
  },
  work: { scope: 'read:jira-work', without: 'no project and no issue is read' },
} as const;

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/ wants `read:jira-work`. */
const workProbe = { path: '/rest/api/3/field' };

/** Which of the two scopes the token has, as far as the proof of the credentials left it open. */
export async function checkTokenScopes(
  http: HttpClient,
  { identity, checks: [proof] }: CheckReport,
  call: CallContext,
): Promise<Check[]> {
  const lacksUser = proof?.error !== undefined && isMissingScope(proof.error);
  // Credentials that are refused altogether say nothing of scopes.
  if (identity === undefined && !lacksUser) return [];
  const work = await probeWork(http, call);
  const missing = [...(lacksUser ? [toMissing('user', proof.fix)] : []), ...work];
  const present = [
    ...(lacksUser ? [] : [tokenScopes.user.scope]),
    ...(work.length > 0 ? [] : [tokenScopes.work.scope]),
  ];
  if (present.length === 0) return missing;
  return [...missing, { id: 'scopes', status: 'passed', message: present.join(', ') }];
}

async function probeWork(http: HttpClient, call: CallContext): Promise<Check[]> {
  try {
    await http.json(workProbe, call);
    return [];
  } catch (error) {
    const known = toKnown(error);
    return [
      isMissingScope(known)
        ? toMissing('work', known.hint)
        : toFailedCheck(`scope ${tokenScopes.work.scope}`, known),
    ];
  }
}

function toMissing(which: keyof typeof tokenScopes, fix = ''): Check {
  const { scope, without } = tokenScopes[which];
  const message = `The token lacks the scope ${scope}; without it ${without}.`;
  const error = { code: 'auth', message, hint: fix } as const;
  return { id: `scope ${scope}`, status: 'failed', message, fix, error };
}
