import { htmlHeaders, htmlPage, jsonHeaders } from './html.ts';
import type { Reply } from './reply.ts';

/** What a request is told that does not get as far as the API. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`Refused with ${reply.status}`);
    this.reply = reply;
  }
}

function gatewayReply(message: string): Reply {
  return { status: 401, headers: jsonHeaders, body: JSON.stringify({ code: 401, message }) };
}

/** The gateway, to a stranger. */
export function unauthorizedReply(): Reply {
  return gatewayReply('Unauthorized');
}

/** The gateway, to a token without the scope of the route. */
export function missingScopeReply(): Reply {
  return gatewayReply('Unauthorized; scope does not match');
}

/** The site's own host, to a token with scopes. */
export function scopedTokenReply(): Reply {
  const title = 'HTTP Status 401 – Unauthorized';
  return { status: 401, headers: htmlHeaders, body: htmlPage(title, title) };
}
