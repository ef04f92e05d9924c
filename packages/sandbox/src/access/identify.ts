import type { IncomingHttpHeaders } from 'node:http';

import type { Credential, Principal } from './principal.ts';

function isBasic(headers: IncomingHttpHeaders, username: string, token: string): boolean {
  const expected = Buffer.from(`${username}:${token}`).toString('base64');
  return headers.authorization === `Basic ${expected}`;
}

function isBearer(headers: IncomingHttpHeaders, token: string): boolean {
  return headers.authorization === `Bearer ${token}`;
}

function carries(headers: IncomingHttpHeaders, credential: Credential): boolean {
  switch (credential.kind) {
    case 'basic':
      return isBasic(headers, credential.username, credential.token);
    case 'bearer':
      return isBearer(headers, credential.token);
    case 'scoped': {
      const { username, token } = credential;
      return isBasic(headers, username, token) || isBearer(headers, token);
    }
    case 'cookie': {
      const cookies = headers.cookie?.split(';').map((cookie) => cookie.trim()) ?? [];
      return cookies.includes(`${credential.name}=${credential.value}`);
    }
    case 'header':
      return headers[credential.name.toLowerCase()] === credential.value;
  }
}

/** Whose credentials a request carries; `undefined` for a stranger. */
export function identify(
  principals: readonly Principal[],
  headers: IncomingHttpHeaders,
): Principal | undefined {
  return principals.find(
    ({ credential, requiredHeaders = {} }) =>
      carries(headers, credential) &&
      Object.entries(requiredHeaders).every(
        ([name, value]) => headers[name.toLowerCase()] === value,
      ),
  );
}
