import { ConnectorError } from '@context-sync/core';
import { describe, expect, it } from 'vitest';

import { makeFolder } from '../discovery/__fixtures__/folder-tree.ts';
import { resolveSecret } from './secret-reference.ts';

async function contextOf(tree: Record<string, string> = {}) {
  const directory = await makeFolder(tree);
  const field = 'sources.docs.auth.token';
  return { directory, home: `${directory}/home`, env: { TOKEN: 's3cr3t', BLANK: ' ' }, field };
}

describe('resolveSecret', () => {
  it.each([
    ['env:TOKEN', 's3cr3t'],
    ['file:token.txt', 'from file'],
    ['file:~/token.txt', 'from home'],
    ['s3cr3t:with:colons', 's3cr3t:with:colons'],
  ])('reads %s', async (reference, secret) => {
    const context = await contextOf({
      'token.txt': 'from file\r\n',
      'home/token.txt': '\uFEFFfrom home\n\n',
    });

    expect(await resolveSecret(reference, context)).toBe(secret);
  });

  it.each([
    [
      'env:GONE',
      'auth',
      'The environment variable GONE, which sources.docs.auth.token refers to, is not set.',
    ],
    ['env:BLANK', 'auth', 'is empty'],
    ['file:gone.txt', 'auth', 'gone.txt, which sources.docs.auth.token refers to, does not exist.'],
    ['file:empty.txt', 'auth', 'is empty'],
    ['file:.', 'auth', 'cannot be read'],
    ['cmd:[gh, auth, token]', 'config', 'begins with cmd: and that is not supported yet'],
    ['keychain:a/b', 'config', 'begins with keychain:'],
  ])('fails for %s', async (reference, code, message) => {
    const context = await contextOf({ 'empty.txt': '\n' });

    const error: unknown = await resolveSecret(reference, context).catch(
      (reason: unknown) => reason,
    );

    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/\w/),
    });
    expect(ConnectorError.is(error)).toBe(true);
  });
});
