import { homedir } from 'node:os';

/** All that a command takes from the machine. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** The folder of the command's package: connectors installed beside it are found from here. */
  readonly hostDirectory: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** For signals, crashes and the end. */
  readonly process: Pick<NodeJS.Process, 'on' | 'once' | 'off' | 'exit'>;
}

/** The machine that a process runs on. */
export function hostOf(process: NodeJS.Process, hostDirectory: string): Host {
  const { env, stdout, stderr } = process;
  return { env, cwd: process.cwd(), home: homedir(), hostDirectory, stdout, stderr, process };
}
