import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { emptyFolder } from './cli-process.ts';

// What a third party may write, without this repository: it needs nothing but the contract.
const SOURCE = String.raw`
const scope = { id: 'A', slug: 'A', title: 'All', kind: 'folder' };
const page = (id, title) => ({
  type: 'upsert',
  document: { id, kind: 'page', title, revision: '1', content: { markdown: 'Text.\n' } },
});
const wait = (signal) =>
  new Promise((_, reject) => {
    const stop = () => reject(Object.assign(new Error('Stopped.'), { '~contextSync': 'error', code: 'cancelled' }));
    setInterval(() => {}, 1000).unref();
    const timer = setTimeout(() => {}, 60_000);
    signal.addEventListener('abort', () => (clearTimeout(timer), stop()));
  });
export default {
  '~contextSync': { contract: '1.0' },
  type: 'odd',
  configSchema: { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } },
  capabilities: { incremental: 'none', deletes: 'listing' },
  cursorVersion: 1,
  renderVersion: 1,
  create: ({ mood }) => ({
    check: async (_call, options) => ({
      identity: { id: 'odd', label: 'Odd' },
      checks: [{ id: 'credentials', status: 'passed' }].concat(
        options?.thorough === true ? [{ id: 'permission to read', status: 'passed' }] : [],
      ),
    }),
    async *scopes() {
      yield { type: 'scope', scope };
      yield { type: 'complete' };
    },
    async *sync(_request, { signal }) {
      if (mood === 'broken') throw new TypeError('mood is not a function');
      yield { type: 'listing', state: 'begin' };
      yield page('1', 'One');
      yield { type: 'checkpoint', cursor: 1 };
      yield { type: 'progress', done: 1, total: 2 };
      if (mood === 'slow') await wait(signal);
      if (mood === 'deaf') await new Promise((resolve) => setTimeout(resolve, 60_000));
      yield page('2', 'Two \u001b]0;owned\u0007\u001b[2J\u202egnp.exe\u009b31m');
      yield { type: 'listing', state: 'complete', authoritative: true };
      yield { type: 'checkpoint', cursor: 2 };
    },
  }),
};
`;

/** How the connector acts: it waits until it is stopped, hears no request to stop, or throws. */
export type Mood = 'good' | 'slow' | 'deaf' | 'broken';

/** A project whose sources use a connector of two documents, each in a mood of its own. */
export async function oddProject(
  ...moods: readonly Mood[]
): Promise<{ cwd: string; root: string }> {
  const cwd = join(await emptyFolder(), 'project');
  await mkdir(cwd);
  await writeFile(join(cwd, 'odd.mjs'), SOURCE);
  await configure(cwd, moods);
  return { cwd, root: join(cwd, 'mirror') };
}

/** The same connector as a package with a command of its own, which has a flag of its own. */
export async function oddPackage(consoleFile: string): Promise<{ cwd: string; program: string }> {
  const cwd = await emptyFolder();
  const environment = [
    { name: 'ODD_OUTPUT_DIR', field: '@dir' },
    { name: 'ODD_MOOD', field: 'mood', flag: 'mood' },
  ];
  const connector = { type: 'odd', entry: '.', contract: '1.0', title: 'Odd', environment };
  const manifest = { manifest: 1, connectors: [connector] };
  const program = join(cwd, 'bin.mjs');
  await writeFile(
    join(cwd, 'package.json'),
    JSON.stringify({ name: 'odd', exports: './odd.mjs', 'context-sync': manifest }),
  );
  await writeFile(join(cwd, 'odd.mjs'), SOURCE);
  await writeFile(
    program,
    `import { runStandAlone } from ${JSON.stringify(consoleFile)};
     await runStandAlone({ program: 'context-sync-odd', directory: import.meta.dirname }, process);`,
  );
  return { cwd, program };
}

/** Gives the sources of a project other moods. */
export async function configure(cwd: string, moods: readonly Mood[]): Promise<void> {
  const sources = moods.map((mood, index) => [
    `odd${index}`,
    { connector: './odd.mjs', type: 'odd', mood },
  ]);
  const config = { root: './mirror', sources: Object.fromEntries(sources) };
  await writeFile(join(cwd, 'context-sync.config.json'), JSON.stringify(config));
}
