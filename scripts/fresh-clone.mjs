// What a newcomer does: clones the last commit into an empty home and runs the demo.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMs = 60_000;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fresh-clone-')));

try {
  const clone = join(folder, 'clone');
  git(['clone', '--quiet', '--no-local', root, clone]);
  const first = demo(clone);
  const second = demo(clone);
  const problems = [
    ...problemsOf('the first demo', first),
    ...problemsOf('the second demo', second),
    ...missingFiles(clone),
    ...(first.durationMs < limitMs ? [] : ['the first demo took over a minute']),
  ];
  process.stdout.write(
    `fresh clone: first demo ${seconds(first)}, second ${seconds(second)}, limit 60 s\n`,
  );
  if (problems.length > 0) {
    process.stdout.write(`${first.output}\n${problems.map((line) => `FAIL  ${line}\n`).join('')}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the README's first command with an empty home and nothing to answer its questions. */
function demo(clone) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('npx', ['-y', 'pnpm@10.34.9', 'demo'], {
    cwd: clone,
    env: emptyHome(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 5 * limitMs,
  });
  return { status, output: stdout + stderr, durationMs: performance.now() - start };
}

/** Only what a shell always has, and how this machine reaches its registry. */
function emptyHome() {
  const outside = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .join(delimiter);
  const kept =
    /^(https?_proxy|no_proxy|npm_config_(registry|userconfig|cafile)|node_extra_ca_certs)$/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))),
    PATH: outside,
    HOME: join(folder, 'home'),
    CI: 'true',
  };
}

function problemsOf(name, { status, output }) {
  return [
    ...(status === 0 ? [] : [`${name} ended with exit code ${status}`]),
    // Escape codes and lines that are drawn over belong on a terminal only.
    // oxlint-disable-next-line no-control-regex
    ...(/\u001B|\r(?!\n)/.test(output) ? [`${name} wrote terminal codes into a pipe`] : []),
    ...(output.includes('Two commands to try next') ? [] : [`${name} did not reach its end`]),
  ];
}

function missingFiles(clone) {
  return [
    '.demo/README.md',
    '.demo/AGENTS.md',
    '.demo/confluence/README.md',
    '.demo/.context-sync/state.db',
  ]
    .filter((path) => !isFilled(join(clone, path)))
    .map((path) => `the demo wrote no ${path}`);
}

function isFilled(path) {
  return (
    (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0 && readFileSync(path).length > 0
  );
}

function seconds({ durationMs }) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

function git(args) {
  const { status, stderr } = spawnSync('git', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${stderr}`);
}
