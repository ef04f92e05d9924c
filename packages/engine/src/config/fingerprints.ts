import { createHash } from 'node:crypto';

import type { ConfigEffect, ConnectorDefinition } from '@context-sync/core';

import { isSecretField } from './secret-pattern.ts';

/** Digests of the config, one for each effect that a change of it has. */
export interface Fingerprints {
  readonly scope: string;
  readonly render: string;
  readonly identity: string;
}

/**
 * SHA-256, in hex, of the top-level fields with each effect; a field that the definition does not
 * list counts as `render`. The order of keys does not matter and secret fields are left out, so a new
 * token changes nothing.
 */
export function fingerprints(
  { configEffects = {}, secrets = [] }: Pick<ConnectorDefinition, 'configEffects' | 'secrets'>,
  config: unknown,
): Fingerprints {
  const plain = toCanonical(config, '', secrets);
  const fields = typeof plain === 'object' && plain !== null ? Object.entries(plain) : [];
  const digest = (effect: ConfigEffect): string => {
    const chosen = fields.filter(([field]) => (configEffects[field] ?? 'render') === effect);
    return createHash('sha256').update(JSON.stringify(chosen)).digest('hex');
  };
  return { scope: digest('scope'), render: digest('render'), identity: digest('identity') };
}

function toCanonical(value: unknown, field: string, secrets: readonly string[]): unknown {
  if (value instanceof Date || value instanceof URL) return value.toJSON();
  if (Array.isArray(value)) return value.map((item) => toCanonical(item, field, secrets));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .map(([key, member]) => [key, member, field === '' ? key : `${field}.${key}`] as const)
    .filter(([, member, path]) => member !== undefined && !isSecretField(path, secrets))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member, path]) => [key, toCanonical(member, path, secrets)]);
  return Object.fromEntries(members);
}
