import { ApiError } from '../http/api-error.ts';
import {
  missingScopeReply,
  Refusal,
  scopedTokenReply,
  unauthorizedReply,
} from '../http/refusal.ts';
import type { Route } from '../http/route.ts';
import { type Host, hostsOf, type Principal } from './principal.ts';

/** Cloud does not say "wrong token": v2 knows no page for a stranger, v1 lets nobody in. */
export function strangerError(path: string): ApiError {
  return path.startsWith('/wiki/rest/')
    ? new ApiError(403, 'FORBIDDEN', 'caller cannot access Confluence')
    : new ApiError(404, 'NOT_FOUND', 'Not Found');
}

/** Lets somebody in to a route, or throws what they are told instead. Scopes come before routing. */
export function admit(
  principal: Principal | undefined,
  asked: { readonly host: Host; readonly path: string; readonly route: Route | undefined },
): Principal {
  const { host, path, route } = asked;
  const isHere = principal !== undefined && hostsOf(principal).includes(host);
  if (host === 'gateway' && !isHere) throw new Refusal(unauthorizedReply());
  if (principal === undefined) throw strangerError(path);
  if (!isHere) {
    throw principal.credential.kind === 'scoped'
      ? new Refusal(scopedTokenReply())
      : strangerError(path);
  }
  const { scopes } = principal;
  const isInScope = scopes === undefined || route?.scopes.some((scope) => scopes.includes(scope));
  if (!isInScope) throw new Refusal(missingScopeReply());
  return principal;
}
