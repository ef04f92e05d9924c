import { parseArgs } from 'node:util';

import {
  type ConfluenceSite,
  generatedSite,
  recordedPages,
  sampleCompany,
  type SandboxOptions,
  startConfluenceSandbox,
} from './index.ts';

const usage = `Runs a simulated Confluence on 127.0.0.1 until Ctrl-C.

  --port N           listen on this port (default: any free one)
  --latency MS       wait this long before each answer (default: 0)
  --pages N          serve a generated site of N pages in place of the sample company
  --recorded FOLDER  serve recorded pages in place of the sample company
  --data-center      be a Data Center in place of Cloud
  --context PATH     where a Data Center lies on its host, e.g. /confluence (default: the root)`;

function readArguments(args: string[]): SandboxOptions & { site: ConfluenceSite } {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      latency: { type: 'string', default: '0' },
      pages: { type: 'string' },
      recorded: { type: 'string' },
      'data-center': { type: 'boolean', default: false },
      context: { type: 'string', default: '' },
    },
  });
  const { port, latency, pages, recorded, context: contextPath } = values;
  if (!/^(\/[^/]+)*$/.test(contextPath)) throw new Error('--context must begin with a slash.');
  return {
    port: readNumber('port', port, 65_535),
    latencyMs: readNumber('latency', latency, 60_000),
    site: chooseSite(pages, recorded),
    deployment: values['data-center'] ? 'data-center' : 'cloud',
    dataCenter: { contextPath },
  };
}

function readNumber(name: string, text: string, max: number): number {
  if (!/^\d+$/.test(text) || Number(text) > max) {
    throw new Error(`--${name} is "${text}", but it must be a whole number up to ${max}.`);
  }
  return Number(text);
}

function chooseSite(pages: string | undefined, recorded: string | undefined): ConfluenceSite {
  if (recorded !== undefined) return recordedPages(recorded);
  if (pages === undefined) return sampleCompany();
  return generatedSite({ spaces: 1, pages: readNumber('pages', pages, 1_000_000) });
}

async function run(args: string[]): Promise<void> {
  const options = readArguments(args);
  const sandbox = await startConfluenceSandbox(options);
  const keys = sandbox.site.spaces.all().map((space) => space.key);
  console.log(`CONFLUENCE_BASE_URL=${sandbox.url}`);
  if (options.deployment === 'data-center') console.log('CONFLUENCE_DEPLOYMENT=data-center');
  console.log(`CONFLUENCE_USERNAME=${sandbox.username}`);
  console.log(`CONFLUENCE_API_TOKEN=${sandbox.token}`);
  console.log(`CONFLUENCE_SPACE_KEYS=${keys.join(',')}`);
  process.once('SIGINT', () => void sandbox.close());
  process.once('SIGTERM', () => void sandbox.close());
}

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(usage);
} else {
  await run(args).catch((error: unknown) => {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  });
}
