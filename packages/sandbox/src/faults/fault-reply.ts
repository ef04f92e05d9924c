import { htmlHeaders, htmlPage, jsonHeaders } from '../http/html.ts';
import { missingScopeReply, scopedTokenReply } from '../http/refusal.ts';
import type { Reply } from '../http/reply.ts';
import type { FaultKind } from './fault.ts';
import { rateLimitReply } from './rate-limit.ts';

/** A request that a fault hits. */
interface Hit {
  readonly faults: readonly FaultKind[];
  readonly path: string;
  readonly query: URLSearchParams;
  readonly mediaUrl: string;
}

/** The reply that the faults send in place of the real one. */
export function replacement(hit: Hit): Reply | undefined {
  return hit.faults.map((fault) => faultReply(fault, hit)).find((reply) => reply !== undefined);
}

/** The answer of a fault that stands in place of the real one, or `undefined` for the others. */
function faultReply(fault: FaultKind, hit: Hit): Reply | undefined {
  switch (fault.kind) {
    case 'rate-limit':
      return rateLimitReply(fault);
    case 'server-error':
      return serverErrorReply(fault);
    case 'login-page':
      return { status: 200, headers: htmlHeaders, body: htmlPage('Log in', 'Log in to continue') };
    case 'not-found-page':
      return { status: 404, headers: htmlHeaders, body: htmlPage('404', 'Not found') };
    case 'missing-scope':
      return missingScopeReply();
    case 'scoped-token':
      return scopedTokenReply();
    case 'wrong-shape': {
      const body = JSON.stringify(fault.body ?? { unexpected: true });
      return { status: 200, headers: jsonHeaders, body };
    }
    case 'redirect': {
      const address = `${hit.path}?${hit.query.toString()}`;
      const named = { loop: address, 'other-host': hit.mediaUrl + address };
      const location = fault.to instanceof URL ? fault.to.href : named[fault.to];
      return { status: 302, headers: { location }, body: '' };
    }
    default:
      return undefined;
  }
}

function serverErrorReply(fault: FaultKind & { kind: 'server-error' }): Reply {
  const { status, retryAfter } = fault;
  const wait: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return {
    status,
    headers: { ...htmlHeaders, ...wait },
    body: htmlPage('Oops', 'Something went wrong.'),
    announcedWaitMs: (retryAfter ?? 0) * 1000,
  };
}
