import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import definition from '@context-sync/connector-confluence';
import type { HttpLimits } from '@context-sync/core';
import type { ConfluenceSandbox } from '@context-sync/sandbox';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
import { fingerprints } from '../src/config/fingerprints.ts';
import { runSync } from '../src/sync/run.ts';
import { JumpingClock } from './jumping-clock.ts';
import { readTree } from './memory-mirror.ts';

/** What differs between the mirrors of a sandbox. */
export interface ConfluenceMirrorSetup {
  /** Another mirror of the sandbox whose folder it begins with. @default an empty folder */
  readonly copyOf?: ConfluenceMirror;
  /** Further fields of the config. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly limits?: HttpLimits;
}

/** What of the configuration changes from run to run. */
export interface MirrorConfig {
  readonly includeArchived: boolean;
  readonly download: boolean;
}

/** A mirror of a sandbox, in a temporary folder, through the real connector and real HTTP. */
export class ConfluenceMirror {
  readonly root = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  readonly clock = new JumpingClock();
  readonly #sandbox: ConfluenceSandbox;
  readonly #setup: ConfluenceMirrorSetup;
  /** Options of the connector beside those that every mirror has. */
  config: object = {};

  constructor(sandbox: ConfluenceSandbox, setup: ConfluenceMirrorSetup = {}) {
    this.#sandbox = sandbox;
    this.#setup = setup;
    if (setup.copyOf !== undefined) cpSync(setup.copyOf.root, this.root, { recursive: true });
  }

  async sync(
    options: SyncOptions = {},
    { includeArchived, download }: MirrorConfig = { includeArchived: false, download: true },
  ): Promise<SyncSummary> {
    const { url, username, token, site } = this.#sandbox;
    const spaces = site.spaces.all().map(({ key }) => key);
    const attachments = { download };
    const auth = { username, token: 'env:TOKEN' };
    const chosen = { includeArchived, attachments, ...this.#setup.config, ...this.config };
    const written = { baseUrl: url, auth, spaces, ...chosen };
    const read = await definition.configSchema['~standard'].validate(written);
    if (read.issues !== undefined) throw new Error(JSON.stringify(read.issues));
    return runSync({
      root: this.root,
      sources: [
        {
          name: 'confluence',
          definition,
          config: read.value,
          prints: fingerprints(definition, read.value),
          secret: async () => token,
          limits: { requestsPerSecond: 10_000, ...this.#setup.limits },
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
