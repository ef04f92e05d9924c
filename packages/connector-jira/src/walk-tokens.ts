import { ConnectorError } from '@context-sync/core';

/** One page of a search, and the token of the next one. */
export interface TokenPage {
  readonly ids: readonly string[];
  /** `undefined` at the end. */
  readonly token: string | undefined;
}

/** More pages in sequence without a new issue mean that the search leads nowhere. */
const maxIdlePages = 20;

/**
 * Walks a search to its end, and gives each id once. A short or empty page is not the end, only a
 * missing token is.
 *
 * @throws ConnectorError `transient` when the search turns in a circle
 */
export async function* walkTokens(
  read: (token: string | undefined) => Promise<TokenPage>,
): AsyncGenerator<readonly string[]> {
  const tokens = new Set<string>();
  const seen = new Set<string>();
  let idlePages = 0;
  let token: string | undefined;
  do {
    const page = await read(token);
    const fresh = [...new Set(page.ids)].filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    idlePages = fresh.length === 0 ? idlePages + 1 : 0;
    token = page.token;
    if (token !== undefined && (tokens.has(token) || idlePages > maxIdlePages)) {
      throw new ConnectorError('transient', 'Jira does not come to the end of a search.', {
        hint: 'Run the same command again. Nothing was removed.',
      });
    }
    if (token !== undefined) tokens.add(token);
    yield fresh;
  } while (token !== undefined);
}
