import type { StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expect, expectTypeOf, it } from 'vitest';

import { BaseConnector } from './connector.ts';
import type { ConnectorContext } from './context.ts';
import { type ConnectorDefinition, defineConnector } from './definition.ts';
import type { ScopeEvent } from './scope.ts';

interface WikiConfig {
  readonly baseUrl: string;
}

const configSchema: StandardSchemaV1<unknown, WikiConfig> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: () => ({ value: { baseUrl: 'https://wiki.example' } }),
  },
};

class WikiConnector extends BaseConnector<WikiConfig, { readonly since: string }> {
  override async check() {
    return { checks: [] };
  }
  override async *scopes(): AsyncGenerator<ScopeEvent> {
    yield { type: 'complete' };
  }
  override async *sync() {
    yield { type: 'checkpoint', cursor: { since: this.config.baseUrl } } as const;
  }
}

const options = {
  type: 'wiki',
  configSchema,
  capabilities: { incremental: 'timestamp', deletes: 'listing' },
  cursorVersion: 1,
  renderVersion: 1,
  connector: WikiConnector,
} as const;

const definition = defineConnector({ ...options, contract: '1.0' });

// `create` only hands it on, so an empty one shows whether it arrives.
const context = {} as ConnectorContext;

describe('defineConnector', () => {
  it('marks the definition with the contract it was written against', () => {
    expect(definition['~contextSync']).toEqual({ contract: '1.0' });
    expect(definition).toMatchObject({ type: 'wiki', cursorVersion: 1, renderVersion: 1 });
  });

  it('keeps the class to itself', () => {
    expect(Object.keys(definition)).not.toContain('connector');
    expect(Object.keys(definition)).not.toContain('contract');
  });

  it('makes connectors that hold the config and context they were given', () => {
    const config = { baseUrl: 'https://wiki.example' };

    const connector = definition.create(config, context);

    expect(connector).toBeInstanceOf(WikiConnector);
    expect(connector).toMatchObject({ config });
    expect(connector).toHaveProperty('context', context);
  });
});

describe('the types of a definition', () => {
  it('are those of the class and the schema', () => {
    expectTypeOf(definition).toEqualTypeOf<
      ConnectorDefinition<WikiConfig, { readonly since: string }>
    >();
  });

  it('fit a host that knows neither the config nor the cursor', () => {
    expectTypeOf(definition).toExtend<ConnectorDefinition>();
  });

  it('refuse a schema that reads another config than the class wants', () => {
    const other: StandardSchemaV1<unknown, { readonly url: string }> = {
      '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { url: '' } }) },
    };

    // @ts-expect-error: `url` is not `baseUrl`
    defineConnector({ ...options, contract: '1.0', configSchema: other });
  });

  it('refuse a contract version that is not major.minor', () => {
    // @ts-expect-error: no minor
    defineConnector({ ...options, contract: '1' });
  });
});
