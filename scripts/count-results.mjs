// `node scripts/count-results.mjs RESULTS STEPS`: prints what a run of `.ci/run` comes to.
//
// RESULTS is vitest's JSON; STEPS has a line `passed NAME` or `failed NAME` for each step. Every test
// counts, and every other step as one. The sum is never better than the run: a `test` step that failed
// without a failed test is one failure, and so is a test file that could not be loaded.
import { existsSync, readFileSync } from 'node:fs';

const [resultsFile = '', stepsFile = ''] = process.argv.slice(2);
const steps = readFileSync(stepsFile, 'utf8').split('\n').filter(Boolean);
const others = steps.filter((step) => !step.endsWith(' test'));
const tests = countTests();
const failedTests = steps.includes('failed test') ? Math.max(tests.failed, 1) : tests.failed;
const passed = tests.passed + others.filter((step) => step.startsWith('passed ')).length;
const failed = failedTests + others.filter((step) => step.startsWith('failed ')).length;

for (const step of steps) if (step.startsWith('failed ')) process.stdout.write(`${step}\n`);
if (tests.skipped > 0) process.stdout.write(`${tests.skipped} skipped\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function countTests() {
  // No file: the tests never ran, and their step failed.
  if (!existsSync(resultsFile)) return { passed: 0, failed: 0, skipped: 0 };
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  const unloaded = results.testResults.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloaded.length,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}
