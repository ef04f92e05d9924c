import type { RunEvent, SyncSummary } from '../api.ts';

/** Shows or records what happens in a run. */
export interface RunObserver {
  observe(event: RunEvent): void;
  /** Puts a line of the CLI's own between those of the run. */
  print(line: string): void;
  /** Tells how the run ended, where the summary does not say it. */
  end(summary: SyncSummary, exitCode: number): void;
  close(): void;
}
