import { describe, expect, it } from 'vitest';

import type { EnvironmentName } from '../discovery/manifest.ts';
import { fillFromEnvironment, variablesOf } from './environment-sources.ts';
import { readEnvironment } from './environment.ts';
import type { SourceConfig } from './source-config.ts';

/** A user name with a token, a token alone, or a cookie. */
const environment: readonly EnvironmentName[] = [
  { name: 'WIKI_TOKEN', field: 'auth.token', unless: ['auth.cookie'] },
  { name: 'WIKI_PAT', field: 'auth.token', unless: ['auth.username', 'auth.cookie'] },
  { name: 'WIKI_USER', field: 'auth.username', unless: ['auth.cookie', 'WIKI_PAT'] },
  { name: 'WIKI_COOKIE', field: 'auth.cookie', unless: ['auth.token', 'auth.username'] },
  { name: 'WIKI_GATEWAY', field: 'gateway', as: 'switch' },
  { name: 'WIKI_HEADER', field: 'headers.X-Key' },
];
const secrets = ['auth.token', 'auth.cookie', 'headers.*'];

function fill(config: SourceConfig['config'], env: Record<string, string>): unknown {
  const source: SourceConfig = {
    name: 'wiki',
    type: 'wiki',
    connectorReference: { name: 'wiki' },
    enabled: true,
    config,
    secrets,
    variables: {},
    origin: () => ({ from: 'default' }),
  };
  return fillFromEnvironment(source, readEnvironment({ environment, secrets }, env)).config;
}

describe('variables for ways that exclude each other', () => {
  const user = { WIKI_USER: 'jo' };

  it.each([
    [
      { ...user, WIKI_TOKEN: 't' },
      { username: 'jo', token: 'env:WIKI_TOKEN' },
    ],
    [{ WIKI_PAT: 'p' }, { token: 'env:WIKI_PAT' }],
    [{ ...user, WIKI_PAT: 'p' }, { token: 'env:WIKI_PAT' }],
    [
      { ...user, WIKI_TOKEN: 't', WIKI_PAT: 'p' },
      { username: 'jo', token: 'env:WIKI_TOKEN' },
    ],
    [{ WIKI_COOKIE: 'c' }, { cookie: 'env:WIKI_COOKIE' }],
    [{ WIKI_COOKIE: 'c', WIKI_TOKEN: 't' }, { token: 'env:WIKI_TOKEN' }],
  ])('%j make one way', (env, auth) => {
    expect(fill({}, env)).toEqual({ auth });
  });

  it.each([
    [{ username: 'al' }, { WIKI_PAT: 'p' }, { username: 'al' }],
    [{ username: 'al' }, { WIKI_TOKEN: 't' }, { username: 'al', token: 'env:WIKI_TOKEN' }],
    [{ cookie: 'env:C' }, { ...user, WIKI_TOKEN: 't', WIKI_PAT: 'p' }, { cookie: 'env:C' }],
    [{ token: 'env:T' }, { WIKI_COOKIE: 'c', WIKI_PAT: 'p' }, { token: 'env:T' }],
  ])('add to the file %j of %j no other way', (auth, env, expected) => {
    expect(fill({ auth }, env)).toEqual({ auth: expected });
  });

  it('are named for the usual way alone', () => {
    expect(variablesOf({ environment })).toEqual({
      'auth.token': 'WIKI_TOKEN',
      'auth.username': 'WIKI_USER',
      gateway: 'WIKI_GATEWAY',
      'headers.X-Key': 'WIKI_HEADER',
    });
  });
});

it.each([
  ['yes', true],
  ['off', false],
  ['https://gateway.example', 'https://gateway.example'],
])('a switch reads "%s" as %j', (text, value) => {
  expect(fill({}, { WIKI_GATEWAY: text })).toEqual({ gateway: value });
});

it('a variable of a secret below a group becomes a reference', () => {
  expect(fill({}, { WIKI_HEADER: 'k' })).toEqual({ headers: { 'X-Key': 'env:WIKI_HEADER' } });
});
