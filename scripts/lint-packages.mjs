// `pnpm lint:packages`: what would be published can be installed, imported and typed.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { build, root } from './build.mjs';

const tools = join(root, 'node_modules/.bin');
const env = { ...process.env, PATH: [tools, process.env.PATH].join(delimiter) };

build();
const results = publishedPackages().flatMap(({ folder, hasEntry }) => [
  run(folder, 'publint', ['--strict']),
  // A package that only has a command has no types to check.
  ...(hasEntry ? [run(folder, 'attw', ['--pack', '.', '--profile', 'esm-only'])] : []),
]);
results.push(run('.', 'knip', []));
process.exitCode = results.every(Boolean) ? 0 : 1;

function publishedPackages() {
  return ['apps', 'packages']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ folder, hasEntry: '.' in manifest.exports }));
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** Runs one check, shows its words only if it fails, and tells whether it passed. */
function run(folder, tool, args) {
  const { status, stdout, stderr } = spawnSync(join(tools, tool), args, {
    cwd: join(root, folder),
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'}  ${tool} ${folder}\n`);
  if (status !== 0) process.stdout.write(stdout + stderr);
  return status === 0;
}
