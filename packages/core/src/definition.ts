import type { StandardSchemaV1 } from '@standard-schema/spec';

import type { Connector } from './connector.ts';
import type { ConnectorContext } from './context.ts';
import type { Json } from './json.ts';

/** `major.minor` of this contract, e.g. `1.0`. */
export type ContractVersion = `${number}.${number}`;

/** What a connector can do without being asked, so that the engine plans with it. */
export interface Capabilities {
  /** How changes are found. `none`: every run lists everything. */
  readonly incremental: 'none' | 'timestamp' | 'cursor';
  /** How removals are learned. */
  readonly deletes: 'feed' | 'listing' | 'none';
  /**
   * `ids: cheap` when a complete listing costs little, so that it is done daily. `stable: false` when
   * a listing may miss an item that moves meanwhile: a missing id is then confirmed before pruning.
   */
  readonly listing?: { readonly ids: 'cheap' | 'full'; readonly stable: boolean };
  /** Implements `fetch`. */
  readonly fetch?: boolean;
  readonly attachments?: boolean;
  readonly permissions?: boolean;
  readonly hierarchy?: boolean;
}

/** How the engine treats the documents of one kind. */
export interface KindOptions {
  /** Files of this kind without a parent lie in this folder of their scope, e.g. `blog`. */
  readonly folder?: string;
  /** Heading above the sections of this kind, e.g. `Comments`. */
  readonly heading?: string;
  /**
   * Files of this kind lie side by side in their scope: a parent lists them (`ctx:children`), and is
   * not where they lie. @default false
   */
  readonly flat?: boolean;
  /**
   * A document of this kind lies in one scope of a kind at a time, as an issue in its project: where
   * it was found last. Scopes of other kinds, such as queries, keep it. @default false
   */
  readonly inOneScope?: boolean;
}

/** How the folder indexes of this connector's scopes are laid out. */
export interface IndexOptions {
  /** Front-matter field that makes the groups, e.g. `status`. */
  readonly groupBy?: string;
  /**
   * Front-matter field whose value orders the groups, before their names do; a leading `-` turns the
   * order round.
   */
  readonly groupOrder?: string;
  /** Front-matter field that orders a group; a leading `-` turns the order round. */
  readonly sortBy?: string;
  /** Front-matter fields shown behind each link. */
  readonly columns?: readonly string[];
}

/**
 * What changing a config field forces: `none` nothing, `scope` a new scope list and listing, `render`
 * all content read again, `identity` a refusal, because it is another source now.
 */
export type ConfigEffect = 'none' | 'scope' | 'render' | 'identity';

/** Everything that can be said of a connector without making one or touching the network. */
export interface ConnectorDefinition<Config = unknown, Cursor extends Json = Json> {
  /** The contract this connector was written against; the host's minor must not be older. */
  readonly '~contextSync': { readonly contract: ContractVersion };
  /** e.g. `confluence`; lower case, digits and `-`, 2 to 40 characters. Equal to the manifest's. */
  readonly type: string;
  /** Reads this connector's part of a source's config. Secret fields hold references, not values. */
  readonly configSchema: StandardSchemaV1<unknown, Config>;
  /**
   * Config fields that name secrets, e.g. `auth.token`; `headers.*` means every field below `headers`.
   * They never enter a fingerprint or a log.
   */
  readonly secrets?: readonly string[];
  readonly capabilities: Capabilities;
  /** Raise it when the cursor's shape changes. */
  readonly cursorVersion: number;
  /** Raise it when the Markdown made from the same body changes: all content is then read again. */
  readonly renderVersion: number;
  /** Effect of changing a top-level config field. @default 'render' for fields not listed */
  readonly configEffects?: Readonly<Record<string, ConfigEffect>>;
  readonly kinds?: Readonly<Record<string, KindOptions>>;
  readonly index?: IndexOptions;
  /** Reads an older cursor; `undefined` starts from the beginning. */
  migrateCursor?(old: { version: number; cursor: Json }): Cursor | undefined;
  create(config: Config, context: ConnectorContext): Connector<Cursor>;
}

/** What {@link defineConnector} is given: the definition with the class in place of `create`. */
export interface ConnectorOptions<Config, Cursor extends Json> extends Omit<
  ConnectorDefinition<Config, Cursor>,
  '~contextSync' | 'create'
> {
  readonly contract: ContractVersion;
  readonly connector: new (config: Config, context: ConnectorContext) => Connector<Cursor>;
}

/** Makes the default export of a connector package. */
export function defineConnector<Config, Cursor extends Json>(
  options: ConnectorOptions<Config, Cursor>,
): ConnectorDefinition<Config, Cursor> {
  const { contract, connector: ConnectorClass, ...rest } = options;
  return {
    ...rest,
    '~contextSync': { contract },
    create: (config, context) => new ConnectorClass(config, context),
  };
}
