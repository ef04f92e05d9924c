import { defineConfig } from 'vitest/config';

// Tests import the sources of the workspace, so no build is needed before them.
const conditions = ['@context-sync/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      '{packages,apps}/*/{src,test}/**/*.test.ts',
      'scripts/*.test.ts',
      'benchmarks/*.test.ts',
    ],
    // The second one is counted by `.ci/run`.
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
    // A machine that is busy with other work is no failure.
    testTimeout: 60_000,
    // Many tests wait for a command that they started; by default one core would be left idle too.
    maxWorkers: '150%',
    // No test changes a module, so the files of a worker share them: half of the time went into imports.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
