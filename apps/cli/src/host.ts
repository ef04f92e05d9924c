import { readFileSync } from 'node:fs';
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

/** This package's version. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '0.0.0';
}
