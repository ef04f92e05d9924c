// One step of the engine's benchmark: <fresh|no-change|churn|plain-write> <documents> <folder>
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { runSync } from '@context-sync/engine';
import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';

const [step = '', count = '', folder = ''] = process.argv.slice(2);
const documents = Number(count);
const root = join(folder, 'mirror');

const sentence =
  'The pipeline promotes a build through staging and waits for the smoke tests before it asks. ';

/** Pages of about 3 KB in a tree ten wide, each with two links. */
function makeWorld() {
  const world = new MemoryWorld();
  world.addScope('ENG', 'Engineering');
  for (let index = 0; index < documents; index += 1) {
    const links = `See [](ctx:doc/${(index * 7) % documents}) and [the run book](ctx:name/key-${(index * 13) % documents}).`;
    world.add({
      id: String(index),
      title: `Page number ${index}`,
      scope: 'ENG',
      parent: index < 10 ? undefined : String(Math.floor(index / 10)),
      body: `## Purpose\n\n${sentence.repeat(15)}\n\n${links}\n\n- one\n- two\n\n${sentence.repeat(15)}\n`,
    });
  }
  return world;
}

async function sync(world) {
  const definition = memoryConnector(world, { checkpointEvery: 250, stable: true });
  const source = {
    name: 'memory',
    definition,
    config: {},
    prints: { scope: '', render: '', identity: '' },
    secret: async () => undefined,
  };
  const clock = { now: Date.now, sleep: async () => undefined };
  const started = performance.now();
  const summary = await runSync({ root, sources: [source], options: {}, clock });
  return {
    ms: performance.now() - started,
    files: summary.created + summary.updated + summary.moved,
  };
}

/** The files of the mirror, written again by the plainest program: make the folder, write the file. */
function plainWrite() {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.context-sync'))
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map((file) => [
    file.replace(root, join(folder, 'plain')),
    readFileSync(file, 'utf8'),
  ]);
  const started = performance.now();
  for (const [file, text] of contents) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { ms: performance.now() - started, files: contents.length };
}

async function run() {
  if (step === 'plain-write') return plainWrite();
  const world = makeWorld();
  if (step === 'churn')
    for (let index = 0; index < documents; index += 100) world.edit(String(index), 'Edited.');
  return sync(world);
}

process.stdout.write(JSON.stringify(await run()));
