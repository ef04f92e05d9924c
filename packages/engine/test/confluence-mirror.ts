import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import definition from '@context-sync/connector-confluence';
import type { ConfluenceSandbox } from '@context-sync/sandbox';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
import { fingerprints } from '../src/config/fingerprints.ts';
import { systemClock } from '../src/project/system-clock.ts';
import { runSync } from '../src/sync/run.ts';
import type { EngineClock } from '../src/sync/runnable-source.ts';
import { readTree } from './memory-mirror.ts';

/** Waits of at least this long are time-outs, which must not run out early; in milliseconds. */
const shortestTimeout = 30_000;

/** The machine's clock, but waits between tries take no time. */
const impatientClock: EngineClock = {
  now: systemClock.now,
  sleep: async (ms, signal) => {
    if (ms >= shortestTimeout) await systemClock.sleep(ms, signal);
  },
};

/** What of the configuration changes from run to run. */
export interface MirrorConfig {
  readonly includeArchived: boolean;
  readonly download: boolean;
}

/** A mirror of a sandbox, in a temporary folder, through the real connector and real HTTP. */
export class ConfluenceMirror {
  readonly root = mkdtempSync(join(tmpdir(), 'context-sync-test-'));
  readonly #sandbox: ConfluenceSandbox;
  /** Options of the connector beside those that every mirror has. */
  config: object = {};

  constructor(sandbox: ConfluenceSandbox) {
    this.#sandbox = sandbox;
  }

  async sync(
    options: SyncOptions = {},
    { includeArchived, download }: MirrorConfig = { includeArchived: false, download: true },
  ): Promise<SyncSummary> {
    const { url, username, token, site } = this.#sandbox;
    const spaces = site.spaces.all().map(({ key }) => key);
    const attachments = { download };
    const auth = { username, token: 'env:TOKEN' };
    const chosen = { includeArchived, attachments, ...this.config };
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
          limits: { requestsPerSecond: 10_000 },
        },
      ],
      options,
      clock: impatientClock,
    });
  }

  tree(): Record<string, string> {
    return readTree(this.root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
