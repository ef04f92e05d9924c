import { ConnectorError, type Secrets } from '@context-sync/core';

import { type AuthMethod, authMethod } from './auth-config.ts';
import { type JiraConfig, isReference } from './config.ts';

type Headers = Readonly<Record<string, string>>;

/** A control character would end the header, and no header holds more than Latin-1. */
// oxlint-disable-next-line no-control-regex
const unsendable = /[^\t\u0020-\u007e\u0080-\u00ff]/;

/** Gives the headers that sign a request. Secrets are read for each one, so a new value counts. */
export async function signRequest(
  { auth, headers }: Pick<JiraConfig, 'auth' | 'headers'>,
  secrets: Secrets,
): Promise<Headers> {
  const sign: Readonly<Record<AuthMethod, () => Promise<Headers>>> = {
    basic: async () => {
      const { username = '' } = auth;
      const name = isReference(username) ? await read(secrets, 'auth.username') : username;
      const pair = Buffer.from(`${name}:${await read(secrets, 'auth.token')}`);
      return { authorization: `Basic ${pair.toString('base64')}` };
    },
    bearer: async () => ({ authorization: `Bearer ${await readHeader(secrets, 'auth.token')}` }),
    cookie: async () => ({ cookie: await readHeader(secrets, 'auth.cookie') }),
  };
  const extra = Object.keys(headers).map(
    async (name) => [name.toLowerCase(), await readHeader(secrets, `headers.${name}`)] as const,
  );
  return { ...Object.fromEntries(await Promise.all(extra)), ...(await sign[authMethod(auth)]()) };
}

async function read(secrets: Secrets, field: string): Promise<string> {
  const value = (await secrets.get(field))?.trim() ?? '';
  if (value !== '') return value;
  throw new ConnectorError('auth', `There is no value for ${field}.`, {
    hint: `Set ${field} to a reference like env:NAME, and the variable to the value.`,
  });
}

async function readHeader(secrets: Secrets, field: string): Promise<string> {
  const value = await read(secrets, field);
  if (!unsendable.test(value)) return value;
  throw new ConnectorError('auth', `The value of ${field} holds a character that no header can.`, {
    hint: 'It is probably broken into lines; copy it again, in one piece.',
  });
}
