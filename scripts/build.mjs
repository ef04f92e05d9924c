import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built command line. */
export const cli = join(root, 'apps/cli/dist/main.js');

/** Tells whether the command line was built. */
export function isBuilt() {
  return existsSync(cli);
}

/** Builds what changed. Shows the builder's words only if it fails, and then ends this process. */
export function build() {
  // Standard output belongs to the program that is built here, e.g. to its JSON.
  process.stderr.write('Building …\n');
  // turbo looks for a program named `pnpm`; the one among our tools is there even without npx.
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const turbo = createRequire(import.meta.url).resolve('turbo/bin/turbo');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // Types are for `pnpm typecheck` and `pnpm build`: leaving them out here halves the wait.
    [turbo, 'build', '--output-logs=errors-only', '--', '--noCheck'],
    {
      cwd: root,
      env: { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  if (status === 0) return;
  process.stderr.write(stdout + stderr);
  process.exit(status ?? 1);
}
