import type { ConfluenceSandbox } from '../index.ts';
import { type ClientAnswer, readAnswer } from './sandbox-client.ts';

/** Sends the token, or other headers, to a path below the context path; follows no redirect. */
export async function ask(
  sandbox: ConfluenceSandbox,
  path: string,
  headers: Record<string, string> = { authorization: `Bearer ${sandbox.token}` },
): Promise<ClientAnswer> {
  return readAnswer(await fetch(sandbox.url + path, { headers, redirect: 'manual' }));
}
