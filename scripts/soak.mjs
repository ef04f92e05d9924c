// Plays random histories with fresh seeds until the time is over. Usage: pnpm soak [--minutes N]
// A history that does not converge is printed so that it can be kept as a test with a name.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '15' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  throw new Error(`--minutes is "${values.minutes}". Write a number above 0, e.g. --minutes 15.`);
}

/** What is played by turns, a few histories at a time; each in every setting of its file. */
const suites = [
  { name: 'Confluence', file: 'packages/engine/test/confluence-histories.test.ts', histories: 25 },
  {
    name: 'Data Center',
    file: 'packages/engine/test/data-center-histories.test.ts',
    histories: 25,
  },
  { name: 'Jira', file: 'packages/engine/test/jira-histories.test.ts', histories: 8, settings: 4 },
  { name: 'in memory', file: 'packages/engine/src/sync/convergence.test.ts', histories: 60 },
];

const deadline = Date.now() + minutes * 60_000;
const played = new Map(suites.map(({ name }) => [name, 0]));
let failures = 0;

for (let round = 0; Date.now() < deadline; round += 1) {
  const suite = suites[round % suites.length];
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { code, output } = await play(suite, seed);
  const count = suite.histories * (suite.settings ?? 1);
  if (code === 0) played.set(suite.name, played.get(suite.name) + count);
  else {
    failures += 1;
    console.log(reportOf(suite, seed, output));
  }
}

const counts = [...played].map(([name, count]) => `${count} ${name}`).join(', ');
console.log(`soak: ${minutes} minutes; histories that converged: ${counts}; failures: ${failures}`);
process.exitCode = failures === 0 ? 0 : 1;

/** Runs one test file to its end. */
async function play({ file, histories }, seed) {
  const vitest = ['exec', 'vitest', 'run', file, '--reporter', 'default'];
  const child = spawn('npx', ['-y', 'pnpm@10.34.9', ...vitest], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', SEED: String(seed), HISTORIES: String(histories) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += chunk));
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, output };
}

/** What fast-check says of the shortest history that fails: seed, path, the history, and what went wrong. */
function reportOf({ name, file }, seed, output) {
  const [, told = output] = /(Property failed[\s\S]*?)\n⎯{9}/.exec(output) ?? [];
  return `${name}: a history with seed ${seed} fails in ${file}\n${told}\n`;
}
