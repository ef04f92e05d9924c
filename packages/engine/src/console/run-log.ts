import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { RunEvent } from '../api.ts';
import { toSafeJson } from './terminal-text.ts';

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const FOLDER = join('.context-sync', 'logs');

/**
 * The log file of one run: a JSON object a line. It never fails a run: when it cannot be written,
 * it ends. Progress is left out; the engine has already redacted what it tells.
 */
export class RunLog {
  #file: number | undefined;
  #path: string | undefined;
  #root = '';
  readonly #redact: (text: string) => string;

  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** The file, relative to the root, once there is one. */
  get path(): string | undefined {
    return this.#path;
  }

  /** The same as an absolute path. */
  get file(): string | undefined {
    return this.#path === undefined ? undefined : join(this.#root, this.#path);
  }

  observe(event: RunEvent): void {
    if (event.type === 'start') this.#open(event.root, event.run);
    if (event.type === 'progress' || event.type === 'writing') return;
    const { type, ...facts } = event;
    this.write(type, facts);
  }

  write(type: string, facts: object): void {
    if (this.#file === undefined) return;
    try {
      const line = toSafeJson({ time: new Date().toISOString(), type, ...facts });
      writeSync(this.#file, `${this.#redact(line)}\n`);
    } catch {
      // A full disk: the run itself will say so.
      this.close();
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #open(root: string, run: string): void {
    const folder = join(root, FOLDER);
    const path = join(FOLDER, `${run}.log`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // `wx` follows no link that somebody left there.
      this.#file = openSync(join(root, path), 'wx', 0o600);
      this.#path = path;
      this.#root = root;
      removeOld(folder);
    } catch {
      // A root that cannot be written is reported by the engine, with its fix.
    }
  }
}

function removeOld(folder: string): void {
  const oldest = Date.now() - KEEP_MS;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.endsWith('.log') && statSync(path).mtimeMs < oldest) rmSync(path);
  }
}
