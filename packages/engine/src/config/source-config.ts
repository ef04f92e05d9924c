import type { HttpLimits } from '@context-sync/core';

import type { ConnectorReference } from '../discovery/found-connector.ts';
import type { OutputFormat } from '../output-format.ts';

/** When a run may remove what it did not find: both limits must be passed to withhold deletions. */
export type MaxDelete =
  | { readonly count: number }
  /** Part of a scope, from 0 to 1. */
  | { readonly fraction: number };

/** What the engine itself reads of a source, or of `defaults`. */
export interface SourceSettings {
  readonly limits?: HttpLimits;
  readonly maxDelete?: MaxDelete;
  /** Time after which a run lists everything, in milliseconds. */
  readonly reconcileEveryMs?: number;
  /** `power`: files reach the disk before their cursor does. */
  readonly durability?: 'process' | 'power';
  /** What its files are written as. */
  readonly output?: OutputFormat;
}

/** One configured source. */
export interface SourceConfig extends SourceSettings {
  /** The user's name for it, and the name of its folder. */
  readonly name: string;
  /** The connector's type; for a path or package without `type`, what the config calls it. */
  readonly type: string;
  readonly connectorReference: ConnectorReference;
  /** `false`: leave it out of runs, keep what is mirrored. */
  readonly enabled: boolean;
  /** The connector's fields as written, for its schema. Secret fields hold references. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Fields of `config` that are secret, as far as known without importing the connector. */
  readonly secrets: readonly string[];
  /** Variables that fill fields of `config`, for messages about fields that are missing. */
  readonly variables: Readonly<Record<string, string>>;
  /** Each run reads everything again. */
  readonly full?: boolean;
  /** The folder, absolute, that the environment names for this source; the root follows from it. */
  readonly dir?: string;
  /** Where a field of the source comes from, by its path below the source. */
  readonly origin: (path: readonly PropertyKey[], part?: 'key' | 'value') => FieldOrigin;
}

/** Where a value comes from; the file as a user likes to read it. */
export type FieldOrigin =
  | {
      readonly from: 'file';
      readonly file: string;
      readonly line?: number;
      readonly column?: number;
    }
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'default' };

/** The place of a field as a problem tells it; nothing for a variable. */
export function placeOf(origin: FieldOrigin): {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
} {
  if (origin.from !== 'file') return {};
  const { from: _, ...place } = origin;
  return place;
}

/** The value at a dotted field, e.g. `auth.token`, or `undefined`. */
export function fieldValue(config: unknown, field: readonly PropertyKey[]): unknown {
  let value = config;
  for (const key of field) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}

/** A copy with a value at a field; the same config when a part of the path is no object. */
export function withField(
  config: Readonly<Record<string, unknown>>,
  field: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [key, ...rest] = field;
  if (key === undefined) return config;
  if (rest.length === 0) return { ...config, [key]: value };
  const inner = fieldValue(config, [key]) ?? {};
  if (typeof inner !== 'object' || Array.isArray(inner)) return config;
  return { ...config, [key]: withField(inner as Readonly<Record<string, unknown>>, rest, value) };
}
