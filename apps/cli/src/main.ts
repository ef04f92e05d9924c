#!/usr/bin/env node
const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '-V' || argv[0] === '--version')) {
  // Asked by scripts and installers, so it loads nothing else.
  const { readVersion } = await import('./version.ts');
  process.stdout.write(`${readVersion()}\n`);
} else {
  const { answerQuickly } = await import('./quick-answer.ts');
  if (!(await answerQuickly(argv, process))) {
    const { runProcess } = await import('./run.ts');
    await runProcess(argv);
  }
}
