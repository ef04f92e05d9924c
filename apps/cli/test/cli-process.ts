import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ConfluenceSandbox } from '@context-sync/sandbox';
import { onTestFinished } from 'vitest';

import { CLI_FILE } from './built-cli.ts';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A file that stdout goes to, instead of being read. */
  readonly stdout?: number;
  /** @default the built CLI */
  readonly program?: string;
}

/** A new empty folder that is removed when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'context-sync-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the built CLI as a user would, with nothing of this process's environment but PATH. */
export function startCli(
  args: readonly string[],
  options: CliOptions,
): { child: ChildProcess; result: Promise<CliResult> } {
  const { cwd, env = {}, stdout = 'pipe', program = CLI_FILE } = options;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    stdio: ['ignore', stdout, 'pipe'],
  });
  // A test that fails leaves nothing running.
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { child, result };
}

/** Waits until the CLI has said something on stderr; fails when it ends without. */
export function saying(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: string) => {
      said += chunk;
      if (said.includes(text)) resolve();
    });
    child.once('close', () => reject(new Error(`It never said "${text}" but:\n${said}`)));
  });
}

/** Runs the built CLI to its end. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  return startCli(args, options).result;
}

/** An empty project folder, a mirror folder that is not there yet, and the origin's variables. */
export async function emptyProject(
  sandbox: ConfluenceSandbox,
  spaces = 'ENG,OPS',
): Promise<{ cwd: string; root: string; env: Record<string, string> }> {
  const folder = await emptyFolder();
  const cwd = join(folder, 'project');
  await mkdir(cwd);
  const env = {
    CONFLUENCE_BASE_URL: sandbox.url,
    CONFLUENCE_USERNAME: sandbox.username,
    CONFLUENCE_API_TOKEN: sandbox.token,
    CONFLUENCE_SPACE_KEYS: spaces,
  };
  return { cwd, root: join(folder, 'mirror'), env };
}
