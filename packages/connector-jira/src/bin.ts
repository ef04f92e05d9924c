import { fileURLToPath } from 'node:url';

const program = 'context-sync-jira';

// An optional peer, since nothing else of a connector needs it; so it may be absent or too old.
function hasEngine(): boolean {
  try {
    return import.meta.resolve('@context-sync/engine/console') !== '';
  } catch {
    return false;
  }
}

function reportMissingEngine(): void {
  const exitCode = 6;
  const error = {
    code: 'config',
    message: `${program} runs on @context-sync/engine, which is not installed beside it or is too old.`,
    fix: 'npm install @context-sync/engine@latest   (with -g if the connector was installed with -g)',
  };
  process.stderr.write(`error[${error.code}]: ${error.message}\n  fix:   ${error.fix}\n`);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error, exitCode }, undefined, 2)}\n`);
  }
  process.exitCode = exitCode;
}

if (hasEngine()) {
  const { runStandAlone } = await import('@context-sync/engine/console');
  await runStandAlone(
    { program, directory: fileURLToPath(new URL('..', import.meta.url)) },
    process,
  );
} else {
  reportMissingEngine();
}
