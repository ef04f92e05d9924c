import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  type MemoryConfig,
  memoryConnector,
  type MemoryConnectorOptions,
  type MemoryWorld,
} from '@context-sync/sandbox';

import type { SyncOptions, SyncSummary } from '../src/api.ts';
import type { OutputFormat } from '../src/output-format.ts';
import { runSync } from '../src/sync/run.ts';
import type { EngineClock } from '../src/sync/runnable-source.ts';

/** A clock that never really waits. */
function testClock(): EngineClock & { advance(ms: number): void } {
  let now = Date.parse('2026-11-02T00:00:00Z');
  return {
    now: () => now,
    sleep: async (ms) => void (now += ms),
    advance: (ms) => void (now += ms),
  };
}

export interface MirrorSetup {
  readonly world: MemoryWorld;
  readonly root?: string;
  readonly config?: MemoryConfig;
  readonly connector?: MemoryConnectorOptions;
  readonly output?: OutputFormat;
  readonly clock?: EngineClock;
}

/** A mirror of a world in memory, in a temporary folder. */
export class MemoryMirror {
  readonly root: string;
  readonly world: MemoryWorld;
  readonly clock: EngineClock;
  config: MemoryConfig;
  connector: MemoryConnectorOptions;
  output: OutputFormat;

  constructor(setup: MirrorSetup) {
    this.root = setup.root ?? mkdtempSync(join(tmpdir(), 'context-sync-test-'));
    this.world = setup.world;
    this.clock = setup.clock ?? testClock();
    this.config = setup.config ?? {};
    this.connector = setup.connector ?? {};
    this.output = setup.output ?? 'markdown';
  }

  sync(options: SyncOptions = {}, step: () => void = () => undefined): Promise<SyncSummary> {
    const definition = memoryConnector(this.world, this.connector);
    const prints = {
      scope: JSON.stringify(this.config.scopes ?? 'all'),
      render: this.config.prefix ?? '',
      identity: 'one',
    };
    return runSync({
      root: this.root,
      sources: [
        {
          name: 'memory',
          definition,
          config: this.config,
          prints,
          secret: async () => undefined,
          output: this.output,
        },
      ],
      options,
      clock: this.clock,
      step,
    });
  }

  /** Every file of the mirror by path, the state folder aside. */
  tree(): Record<string, string> {
    return readTree(this.root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Every file below a folder by path, `.context-sync` aside. */
export function readTree(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(root, '.context-sync')));
  const entries = paths.map(
    (path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const,
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
