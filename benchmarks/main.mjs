import { measureConfluence } from './confluence.mjs';
import { measureLargePage, measureThroughput, measureWorstCases } from './conversion.mjs';
// Prints what a sync costs. Nothing here passes or fails; figures belong into the notes of a release.
import { measureEngine } from './engine-alone.mjs';
import { measureJira } from './jira.mjs';
import { measureStartup } from './startup.mjs';
import { printTable } from './table.mjs';

const quick = process.argv.includes('--quick');

console.log(`Node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n`);
if (process.argv.includes('--jira')) {
  await printJira();
  process.exit();
}
const throughput = measureThroughput();
if (throughput === undefined)
  console.log('Conversion of real pages: skipped, ../shared is absent\n');
else printTable('Conversion of real pages', throughput);
printTable('Conversion of one page of 5 MB', await measureLargePage());
printTable('Conversion of worst cases', await measureWorstCases());
if (process.argv.includes('--conversion')) process.exit();

printTable('Start-up, median of 40 (ms)', await measureStartup());
for (const pages of quick ? [1_000] : [1_000, 10_000]) {
  printTable(
    `Confluence, ${pages} pages in 2 spaces, 20 ms latency`,
    await measureConfluence({ pages }),
  );
}
printTable(
  'Confluence, 2000 pages in 2 spaces with 7000 comments, 1000 attachments and 2000 labels, 20 ms latency',
  await measureConfluence({ pages: 2_000, comments: 7_000, attachments: 1_000, labels: 2_000 }),
);
await printJira();
for (const documents of quick ? [10_000] : [10_000, 100_000]) {
  printTable(`Engine alone, ${documents} documents in memory`, await measureEngine(documents));
}

async function printJira() {
  const issues = quick ? 1_000 : 10_000;
  for (const deployment of ['cloud', 'data-center']) {
    printTable(
      `Jira (${deployment}), ${issues} issues with ${issues / 5} comments, 20 ms latency`,
      await measureJira(issues, deployment),
    );
  }
}
