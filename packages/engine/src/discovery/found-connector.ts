import type { ConnectorDefinition, ErrorShape } from '@context-sync/core';

import type { ConnectorRoot } from './connector-roots.ts';
import type { EnvironmentName } from './manifest.ts';
import type { PackageFile } from './package-file.ts';

/** A connector that is there. Nothing of its code has run. */
export interface FoundConnector {
  /** From the manifest; for a module without one, what the config calls it. */
  readonly type: string;
  /** Name of its package, or the path of its module. */
  readonly package: string;
  readonly version: string;
  readonly title: string;
  /** Empty for a module without a manifest. */
  readonly contract: string;
  readonly root: ConnectorRoot;
  readonly secrets: readonly string[];
  readonly environment: readonly EnvironmentName[];
  readonly entry: ConnectorEntry;
  /** Why it cannot be used, as far as its manifest tells. */
  readonly problem?: ErrorShape;
}

/** What is imported: an export of a package, a module, or nothing since the config did it. */
export type ConnectorEntry =
  | { readonly from: 'package'; readonly packageFile: PackageFile; readonly path: string }
  | { readonly from: 'module'; readonly file: string }
  | { readonly from: 'config'; readonly definition: unknown };

/** How a source of the config names its connector. */
export interface ConnectorReference {
  /** Short name, package name or path, as written; for an imported definition its type. */
  readonly name: string;
  /** `type` of the source: chooses among the connectors of a package. */
  readonly type?: string;
  /** The definition, when the config imported it itself. */
  readonly definition?: ConnectorDefinition;
}

/** e.g. `@acme/wiki 2.1.0`. */
export function nameOf({
  package: name,
  version,
}: Pick<FoundConnector, 'package' | 'version'>): string {
  return version === '' ? name : `${name} ${version}`;
}
