import { parseArgs } from 'node:util';

import {
  type ConfluenceSite,
  generatedSite,
  recordedPages,
  sampleCompany,
  startConfluenceSandbox,
} from './index.ts';

const usage = `Runs a simulated Confluence Cloud on 127.0.0.1 until Ctrl-C.

  --port N          listen on this port (default: any free one)
  --latency MS      wait this long before each answer (default: 0)
  --pages N         serve a generated site of N pages in place of the sample company
  --recorded FOLDER serve recorded pages in place of the sample company
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    pages: { type: 'string' },
    recorded: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function chooseSite(): ConfluenceSite {
  if (values.recorded !== undefined) return recordedPages(values.recorded);
  if (values.pages === undefined) return sampleCompany();
  return generatedSite({ spaces: 1, pages: Number(values.pages) });
}

if (values.help) {
  console.log(usage);
} else {
  const port = Number(values.port);
  const latencyMs = Number(values.latency);
  const sandbox = await startConfluenceSandbox({ site: chooseSite(), port, latencyMs });
  const keys = sandbox.site.spaces.all().map((space) => space.key);
  console.log(`CONFLUENCE_BASE_URL=${sandbox.url}`);
  console.log(`CONFLUENCE_USERNAME=${sandbox.username}`);
  console.log(`CONFLUENCE_API_TOKEN=${sandbox.token}`);
  console.log(`CONFLUENCE_SPACE_KEYS=${keys.join(',')}`);
  process.once('SIGINT', () => void sandbox.close());
  process.once('SIGTERM', () => void sandbox.close());
}
