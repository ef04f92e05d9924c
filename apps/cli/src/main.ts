#!/usr/bin/env node
import { readVersion } from './version.ts';

// Asked by scripts and installers, so it loads nothing.
const [first, ...rest] = process.argv.slice(2);
if (rest.length === 0 && (first === '-V' || first === '--version')) {
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { runProcess } = await import('./run.ts');
  await runProcess(process.argv.slice(2));
}
