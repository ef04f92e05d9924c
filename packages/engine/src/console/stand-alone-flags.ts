import type { FoundConnector } from '../discovery/found-connector.ts';

/** A flag of a connector's own command. */
export interface StandAloneFlag {
  /** Without `--`. */
  readonly name: string;
  readonly short?: string;
  /** What its value is called; `undefined`: it takes none. */
  readonly value?: string;
  readonly text: string;
  /** The variable that its value stands for. */
  readonly variable?: string;
}

const FLAGS: readonly StandAloneFlag[] = [
  { name: 'full', text: 'read every body again' },
  { name: 'json', text: 'print one JSON document on stdout' },
  { name: 'quiet', short: 'q', text: 'print errors and warnings only' },
  { name: 'verbose', short: 'v', text: 'tell more, and show stack traces' },
  { name: 'version', short: 'V', text: 'print the version' },
  { name: 'help', short: 'h', text: 'print this' },
];

/** The flags of every such command, and those that the manifest of this connector declares. */
export function standAloneFlags({ environment, type }: FoundConnector): readonly StandAloneFlag[] {
  const folder = environment.find(({ field }) => field === '@dir')?.name;
  const instead = folder === undefined ? '' : `, instead of ${folder}`;
  const own = environment.flatMap(({ flag, name }) =>
    flag === undefined
      ? []
      : [{ name: flag, value: 'value', text: `instead of ${name}`, variable: name }],
  );
  const outputDir = {
    name: 'output-dir',
    value: 'dir',
    text: `where the files go${instead} (default: ~/context-sync/${type})`,
  };
  return [outputDir, ...own, ...FLAGS];
}

/** What `--help` prints. */
export function standAloneHelp(
  connector: FoundConnector,
  flags: readonly StandAloneFlag[],
): string {
  const { title, type, environment } = connector;
  const rows = flags.map(({ name, short, value, text }) => [
    `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`,
    text,
  ]);
  const width = Math.max(...rows.map(([words = '']) => words.length));
  const variables = environment
    .filter(({ field }) => field !== undefined)
    .map(({ name, required }) => `  ${name}${required === true ? ' (required)' : ''}`);
  return [
    `Usage: context-sync-${type} [options]`,
    '',
    `Mirrors ${title} into one local folder of Markdown. The environment alone configures it.`,
    '',
    'Options:',
    ...rows.map(([words = '', text = '']) => `  ${words.padEnd(width)}  ${text}`),
    '',
    'Environment:',
    ...variables,
    '',
    'Exit codes: 0 ok, 1 bug, 2 usage, 3 partial, 4 credentials, 5 temporary, 6 config, 7 locked,',
    '8 safety stop, 130 interrupted.',
    '',
    'Example:',
    `  $ context-sync-${type} --output-dir ~/context-sync/${type}`,
    '',
  ].join('\n');
}
