import type { ConnectorReference } from '../discovery/found-connector.ts';
import { isDefinition } from '../discovery/load-connector.ts';
import { closest } from './closest.ts';
import type { ConfigProblem } from './config-error.ts';

/** What the reference to a connector is read from. */
export interface ReferenceFields {
  readonly type?: unknown;
  readonly connector?: unknown;
}

/** Where the reference stands, and where its faults go. */
export interface ReferenceContext {
  /** Path of the source in the config. */
  readonly at: readonly string[];
  readonly place: (
    path: readonly string[],
    part: 'key' | 'value',
  ) => Pick<ConfigProblem, 'file' | 'line' | 'column'>;
  /** A type to give as an example. */
  readonly example: string;
  readonly problems: ConfigProblem[];
}

const KEYS = ['connector', 'type'];

/** The key that was probably meant to name the connector, in a source that names none. */
export function misspeltKey(source: Readonly<Record<string, unknown>>): string | undefined {
  if (KEYS.some((key) => (source[key] ?? undefined) !== undefined)) return undefined;
  return Object.keys(source).find(
    (key) => typeof source[key] === 'string' && closest(key, KEYS) !== undefined,
  );
}

/** The connector that a source names; `undefined` when it names none, which is a problem. */
export function readReference(
  { type, connector }: ReferenceFields,
  context: ReferenceContext,
): ConnectorReference | undefined {
  const chosen = typeof type === 'string' && type !== '' ? { type } : {};
  if (isDefinition(connector)) return { name: connector.type, ...chosen, definition: connector };
  if (typeof connector === 'string' && connector !== '') return { name: connector, ...chosen };
  const isMissing = (connector ?? undefined) === undefined;
  if (isMissing && typeof type === 'string' && type !== '') return { name: type };
  // Its schema has told what is wrong with it.
  if (isMissing && type !== undefined) return undefined;
  const { at, place, example, problems } = context;
  const path = isMissing ? at : [...at, 'connector'];
  problems.push({
    ...place(path, isMissing ? 'key' : 'value'),
    path: isMissing ? `${at.join('.')}.type` : path.join('.'),
    message: isMissing
      ? 'This is missing'
      : 'Expected the name of a connector, its path, or an imported definition',
    hint: `write e.g. type: ${example}`,
  });
  return undefined;
}

/** The connector behind a misspelt key, so that the other fields of its source can be checked too. */
export function readMisspelt(
  key: string,
  source: Readonly<Record<string, unknown>>,
  { at, place, problems }: ReferenceContext,
): ConnectorReference {
  problems.push({
    ...place([...at, key], 'key'),
    path: [...at, key].join('.'),
    message: 'Unknown key',
    hint: `did you mean ${closest(key, KEYS)}?`,
  });
  return { name: String(source[key]) };
}
