import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import definition from '@context-sync/connector-jira';
import type { HttpLimits } from '@context-sync/core';
import type { JiraSandbox } from '@context-sync/sandbox';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
import { fingerprints } from '../src/config/fingerprints.ts';
import { runSync } from '../src/sync/run.ts';
import { JumpingClock } from './jumping-clock.ts';
import { readTree } from './memory-mirror.ts';

/** What differs between the mirrors of a sandbox. */
interface JiraMirrorSetup {
  /** Another mirror of the sandbox whose folder it begins with. @default an empty folder */
  readonly copyOf?: JiraMirror | undefined;
  readonly limits?: HttpLimits;
}

/** A mirror of a Jira sandbox, in a temporary folder, through the real connector and real HTTP. */
export class JiraMirror {
  readonly root = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  readonly clock = new JumpingClock();
  readonly #sandbox: JiraSandbox;
  readonly #limits: HttpLimits;
  /** Options of the connector beside those that every mirror has. */
  config: object = {};

  constructor(
    sandbox: JiraSandbox,
    config: object = {},
    { copyOf, limits = {} }: JiraMirrorSetup = {},
  ) {
    this.#sandbox = sandbox;
    this.#limits = limits;
    this.config = config;
    if (copyOf !== undefined) cpSync(copyOf.root, this.root, { recursive: true });
  }

  async sync(options: SyncOptions = {}, config: object = {}): Promise<SyncSummary> {
    const { url, username, token } = this.#sandbox;
    const auth = { username, token: 'env:TOKEN' };
    const projects = this.#sandbox.site.projects().map(({ key }) => key);
    const written = { baseUrl: url, auth, projects, ...this.config, ...config };
    const read = await definition.configSchema['~standard'].validate(written);
    if (read.issues !== undefined) throw new Error(JSON.stringify(read.issues));
    return runSync({
      root: this.root,
      sources: [
        {
          name: 'jira',
          definition,
          config: read.value,
          prints: fingerprints(definition, read.value),
          secret: async () => token,
          limits: { requestsPerSecond: 10_000, ...this.#limits },
        },
      ],
      options,
      clock: this.clock,
    });
  }

  tree(): Record<string, string> {
    return readTree(this.root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
