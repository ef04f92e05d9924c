import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** All that the CLI takes from the machine. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** The folder of this package: connectors installed beside it are found from here. */
  readonly hostDirectory: string;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** The machine this process runs on. */
export function thisHost(): Host {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    hostDirectory: fileURLToPath(new URL('..', import.meta.url)),
    stdout: process.stdout,
    stderr: process.stderr,
  };
}
