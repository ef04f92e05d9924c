// Kills the built CLI with SIGKILL again and again while the service changes under it, then checks that
// one clean run gives the tree of a fresh mirror. Usage: node scripts/kill-test.mjs [kills] [seed]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { generatedSite, startConfluenceSandbox } from '@context-sync/sandbox';

const cli = fileURLToPath(new URL('../apps/cli/dist/main.js', import.meta.url));
const [kills = 50, seed = 1] = process.argv.slice(2).map(Number);
/** A clean run and a comparison after this many kills. */
const killsPerCheck = 10;
const pages = 300;

const random = randomNumbers(seed);
const site = generatedSite({ spaces: 2, pages, seed });
const sandbox = await startConfluenceSandbox({ site, latencyMs: 3 });
const folder = mkdtempSync(join(tmpdir(), 'context-sync-kill-'));
const root = join(folder, 'mirror');

try {
  let killed = 0;
  for (let round = 1; round <= kills; round += 1) {
    changeSite();
    const end = await run(['sync', '--root', root, '--quiet'], 100 + Math.floor(random() * 1500));
    if (end === 'SIGKILL') killed += 1;
    if (round % killsPerCheck === 0) await check(round);
  }
  if (killed < kills / 3)
    throw new Error(`Only ${killed} of ${kills} runs were killed before they ended.`);
  console.log(`kill test: ${kills} runs, ${killed} killed under way, every tree right`);
} finally {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
}

/** One clean run must end like a mirror that was never disturbed. */
async function check(round) {
  await run(['sync', '--root', root, '--quiet', '--allow-deletes', '1000']);
  const fresh = join(folder, `fresh-${round}`);
  await run(['sync', '--root', fresh, '--quiet']);
  const [ours, theirs] = [readTree(root), readTree(fresh)];
  const differences = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
    (path) => ours.get(path) !== theirs.get(path),
  );
  if (differences.length > 0) {
    const shown = differences
      .slice(0, 5)
      .map((path) => differenceOf(join(root, path), join(fresh, path)));
    throw new Error(
      `After ${round} runs ${differences.length} files differ (seed ${seed}):\n${shown.join('\n')}`,
    );
  }
  rmSync(fresh, { recursive: true, force: true });
  console.log(`${round} runs: ${ours.size} files, all as in a fresh mirror`);
}

/** The lines that only one of two files has. */
function differenceOf(ours, theirs) {
  const [left, right] = [ours, theirs].map((path) =>
    existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [],
  );
  const lines = [
    ...left.filter((line) => !right.includes(line)).map((line) => `  - ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `  + ${line}`),
  ];
  return [relative(folder, ours), ...lines.slice(0, 6)].join('\n');
}

function changeSite() {
  const all = [...site.contents.all()].filter(
    (page) => page.kind === 'page' && page.status === 'current' && isVisible(page),
  );
  const pick = () => all[Math.floor(random() * all.length)].id;
  for (let change = 0; change < 6; change += 1) {
    const [id, other] = [pick(), pick()];
    try {
      if (change === 0) site.edit(id, `<p>Edited ${random()}.</p>`);
      else if (change === 1) site.rename(id, `Renamed ${random()}`);
      else if (change === 2) site.move(id, { parent: other });
      else if (change === 3)
        site.addPage({
          space: site.spaces.all()[0].key,
          title: `New ${random()}`,
          parent: other,
          body: '<p>New.</p>',
        });
      else if (change === 4) site.trash(id);
      else site.restrict(id);
    } catch (error) {
      // Some changes make no sense for the page that was drawn, e.g. a move below itself.
      if (!(error instanceof Error)) throw error;
    }
  }
}

/**
 * Whether the account sees a page. A rename of one that it does not see rewrites links in pages that it
 * does, without a new version: nothing but `sync --full` can tell.
 */
function isVisible(page) {
  for (
    let at = page;
    at !== undefined;
    at = at.parentId === null ? undefined : site.contents.find(at.parentId)
  ) {
    if (at.restricted) return false;
  }
  return true;
}

/** Runs the CLI; gives its exit code, or the signal that ended it after `killAfterMs`. */
async function run(args, killAfterMs) {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      CONFLUENCE_BASE_URL: sandbox.url,
      CONFLUENCE_USERNAME: sandbox.username,
      CONFLUENCE_API_TOKEN: sandbox.token,
      CONFLUENCE_SPACE_KEYS: site.spaces
        .all()
        .map(({ key }) => key)
        .join(','),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code, signal] = await new Promise((resolve) =>
    child.on('close', (...end) => resolve(end)),
  );
  clearTimeout(timer);
  if (signal === null && code !== 0 && !(killAfterMs !== undefined && code === 8))
    throw new Error(`${args.join(' ')} ended with ${code}: ${errors}`);
  return signal ?? code;
}

function readTree(base) {
  const files = readdirSync(base, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files
    .map((entry) => relative(base, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.context-sync/'));
  return new Map(
    paths.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(base, path)))
        .digest('hex'),
    ]),
  );
}

function randomNumbers(start) {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
