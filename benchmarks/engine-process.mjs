// One step of the engine's benchmark: <step> <documents> <root> [target]
// Steps: fresh, no-change and churn sync to the root; plain-write and plain-write-sync write the files of
// the root to the target.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { runSync } from '@context-sync/engine';
import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';

const [step = '', count = '', root = '', target = ''] = process.argv.slice(2);
const documents = Number(count);

const sentence =
  'The pipeline promotes a build through staging and waits for the smoke tests before it asks. ';

const start = Date.parse('2026-01-01T00:00:00Z');

/**
 * Pages of about 3 KB in a tree ten wide, each with two links. They are made when they are listed, so
 * that the peak memory is the engine's and not the world's.
 */
class GeneratedWorld extends MemoryWorld {
  isEdited = false;

  constructor() {
    super();
    this.addScope('ENG', 'Engineering');
  }

  *listed() {
    for (let index = 0; index < documents; index += 1) yield this.page(index);
  }

  page(index) {
    const isEdited = this.isEdited && index % 100 === 0;
    const minutes = isEdited ? documents + index / 100 + 1 : index + 1;
    return {
      id: String(index),
      kind: 'page',
      title: `Page number ${index}`,
      placement: 'file',
      parent: index < 10 ? undefined : String(Math.floor(index / 10)),
      labels: [],
      alias: `key-${index}`,
      revision: isEdited ? 2 : 1,
      updatedAt: new Date(start + minutes * 60_000).toISOString().replace('.000Z', 'Z'),
      get body() {
        return isEdited ? 'Edited.' : bodyOf(index);
      },
    };
  }
}

function bodyOf(index) {
  const links = `See [](ctx:doc/${(index * 7) % documents}) and [the run book](ctx:name/key-${(index * 13) % documents}).`;
  return `## Purpose\n\n${sentence.repeat(15)}\n\n${links}\n\n- one\n- two\n\n${sentence.repeat(15)}\n`;
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

/** The files of the mirror, written again by a plain program: make the folder, write the file. */
async function plainWrite(makeFolder, write) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.context-sync'))
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map((file) => [file.replace(root, target), readFileSync(file, 'utf8')]);
  const started = performance.now();
  for (const [file, text] of contents) {
    await makeFolder(dirname(file), { recursive: true });
    await write(file, text);
  }
  return { ms: performance.now() - started, files: contents.length };
}

async function run() {
  if (step === 'plain-write') return plainWrite(mkdir, writeFile);
  if (step === 'plain-write-sync') return plainWrite(mkdirSync, writeFileSync);
  const world = new GeneratedWorld();
  world.isEdited = step === 'churn';
  return sync(world);
}

process.stdout.write(JSON.stringify(await run()));
