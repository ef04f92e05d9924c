import { parseArgs } from 'node:util';

import {
  type ConfluenceSite,
  generatedSite,
  JiraSite,
  recordedIssues,
  recordedPages,
  sampleCompany,
  sampleJira,
  startConfluenceSandbox,
  startJiraSandbox,
} from './index.ts';

const usage = `Runs a simulated Confluence or Jira on 127.0.0.1 until Ctrl-C.

  --port N           listen on this port (default: any free one)
  --latency MS       wait this long before each answer (default: 0)
  --pages N          serve a generated site of N pages in place of the sample company
  --recorded FOLDER  serve recorded pages, or issues, in place of the sample company
  --jira             be a Jira in place of Confluence
  --data-center      be a Data Center in place of Cloud
  --context PATH     where a Data Center lies on its host, e.g. /confluence (default: the root)`;

interface Arguments {
  readonly isJira: boolean;
  readonly isServer: boolean;
  readonly pages: string | undefined;
  readonly recorded: string | undefined;
  readonly port: number;
  readonly latencyMs: number;
  readonly contextPath: string;
}

function readArguments(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      latency: { type: 'string', default: '0' },
      pages: { type: 'string' },
      recorded: { type: 'string' },
      jira: { type: 'boolean', default: false },
      'data-center': { type: 'boolean', default: false },
      context: { type: 'string', default: '' },
    },
  });
  const { port, latency, pages, recorded, context: contextPath } = values;
  if (!/^(\/[^/]+)*$/.test(contextPath)) throw new Error('--context must begin with a slash.');
  return {
    isJira: values.jira,
    isServer: values['data-center'],
    pages,
    recorded,
    port: readNumber('port', port, 65_535),
    latencyMs: readNumber('latency', latency, 60_000),
    contextPath,
  };
}

function readNumber(name: string, text: string, max: number): number {
  if (!/^\d+$/.test(text) || Number(text) > max) {
    throw new Error(`--${name} is "${text}", but it must be a whole number up to ${max}.`);
  }
  return Number(text);
}

function chooseWiki({ pages, recorded }: Arguments): ConfluenceSite {
  if (recorded !== undefined) return recordedPages(recorded);
  if (pages === undefined) return sampleCompany();
  return generatedSite({ spaces: 1, pages: readNumber('pages', pages, 1_000_000) });
}

function chooseJira({ pages, recorded }: Arguments): JiraSite {
  if (pages !== undefined) throw new Error('--pages does not go with --jira.');
  return recorded === undefined ? sampleJira(sampleCompany()) : recordedIssues(recorded);
}

/** Runs the service; gives the variables by which a mirror finds it, and what ends it. */
async function start(
  options: Arguments,
): Promise<{ variables: readonly string[]; close: () => Promise<void> }> {
  const { port, latencyMs, isServer, isJira, contextPath } = options;
  const common = { port, latencyMs, deployment: isServer ? 'data-center' : 'cloud' } as const;
  const sandbox = isJira
    ? await startJiraSandbox({ ...common, site: chooseJira(options), contextPath })
    : await startConfluenceSandbox({
        ...common,
        site: chooseWiki(options),
        dataCenter: { contextPath },
      });
  const prefix = isJira ? 'JIRA' : 'CONFLUENCE';
  const { site } = sandbox;
  const scopes = site instanceof JiraSite ? site.projects() : site.spaces.all();
  const keys = scopes.map(({ key }) => key).join(',');
  const variables = [
    `${prefix}_BASE_URL=${sandbox.url}`,
    ...(isServer ? [`${prefix}_DEPLOYMENT=data-center`] : []),
    `${prefix}_USERNAME=${sandbox.username}`,
    `${prefix}_API_TOKEN=${sandbox.token}`,
    `${isJira ? 'JIRA_PROJECTS' : 'CONFLUENCE_SPACE_KEYS'}=${keys}`,
  ];
  return { variables, close: () => sandbox.close() };
}

async function run(args: string[]): Promise<void> {
  const { variables, close } = await start(readArguments(args));
  for (const variable of variables) console.log(variable);
  process.once('SIGINT', () => void close());
  process.once('SIGTERM', () => void close());
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
