// `pnpm docs`: writes what READMEs show of the code.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build, root } from './build.mjs';
import { withOptionTable } from './option-table.mjs';

build();
for (const name of readdirSync(join(root, 'packages'))) {
  if (!/^connector-(?!testkit)/.test(name)) continue;
  const folder = join(root, 'packages', name);
  const { default: definition } = await import(pathToFileURL(join(folder, 'dist/index.js')).href);
  const file = join(folder, 'README.md');
  writeFileSync(file, withOptionTable(readFileSync(file, 'utf8'), definition));
  console.log(`${file} is up to date. Format it with: pnpm fix`);
}
