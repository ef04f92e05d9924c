import { readFile } from 'node:fs/promises';

import { ConnectorError } from '@context-sync/core';

import { isAbsent } from '../discovery/package-file.ts';
import { resolveUserPath } from './user-path.ts';

/** A secret as the config holds it. `literal` is the secret itself. */
export type SecretReference =
  | { readonly kind: 'env' | 'file'; readonly name: string }
  | { readonly kind: 'unsupported'; readonly scheme: string }
  | { readonly kind: 'literal' };

/** What a reference is resolved against. */
export interface SecretContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** `file:` paths are relative to it: the folder of the config file. */
  readonly directory: string;
  /** The field that holds the reference, for messages, e.g. `sources.wiki.auth.token`. */
  readonly field: string;
}

/** Reads `env:NAME` and `file:PATH`; `cmd:`, `keychain:` and `op:` are known, and not supported. */
export function parseSecretReference(text: string): SecretReference {
  const [, scheme = '', name = ''] = /^(env|file|cmd|keychain|op):(.*)$/s.exec(text) ?? [];
  if (scheme === '') return { kind: 'literal' };
  if (scheme === 'env' || scheme === 'file') return { kind: scheme, name: name.trim() };
  return { kind: 'unsupported', scheme };
}

/**
 * The secret behind a reference; a literal is the secret itself. Throws `auth` when the variable or
 * file is missing or empty, `config` for a kind of reference that is not supported. No message holds
 * a secret.
 */
export async function resolveSecret(reference: string, context: SecretContext): Promise<string> {
  const parsed = parseSecretReference(reference);
  switch (parsed.kind) {
    case 'literal':
      return reference;
    case 'env':
      return readVariable(parsed.name, context);
    case 'file':
      return readSecretFile(parsed.name, context);
    case 'unsupported':
      throw new ConnectorError(
        'config',
        `${context.field} holds a reference that begins with ${parsed.scheme}: and that is not supported yet.`,
        {
          hint: 'Use env:NAME for an environment variable or file:PATH for a file.',
        },
      );
  }
}

function readVariable(name: string, { env, field }: SecretContext): string {
  const value = env[name];
  if (value !== undefined && value.trim() !== '') return value;
  throw new ConnectorError(
    'auth',
    `The environment variable ${name}, which ${field} refers to, is ${value === undefined ? 'not set' : 'empty'}.`,
    { hint: `Type: export ${name}='…' and run the same command again.` },
  );
}

async function readSecretFile(name: string, context: SecretContext): Promise<string> {
  const { field, directory, home } = context;
  const file = resolveUserPath(name, directory, home);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = isAbsent(error) ? 'does not exist' : 'cannot be read';
    throw new ConnectorError('auth', `The file ${file}, which ${field} refers to, ${reason}.`, {
      hint: 'Put the secret alone into this file, and make it readable for you only: chmod 600.',
      cause: error,
    });
  }
  const secret = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '');
  if (secret.trim() !== '') return secret;
  throw new ConnectorError('auth', `The file ${file}, which ${field} refers to, is empty.`, {
    hint: 'Put the secret alone into this file.',
  });
}
