import { openAlone } from '../config/open-alone.ts';
import { rootOfFolders, toOutputFolder } from '../config/output-folder.ts';
import type { RootLocation } from '../config/root.ts';
import { resolveUserPath } from '../config/user-path.ts';
import { connectorsOfPackage } from '../discovery/find-connectors.ts';
import type { FoundConnector } from '../discovery/found-connector.ts';
import { readPackageFile } from '../discovery/package-file.ts';
import { type Host, hostOf } from './host.ts';
import type { Command, OutputOptions } from './invocation.ts';
import { type ProgramActions, runProgram } from './program.ts';
import { quoteCommand } from './quote-command.ts';
import { showSync } from './show-sync.ts';
import { standAloneCommands } from './stand-alone-commands.ts';
import { type StandAloneFlag, standAloneFlags, standAloneHelp } from './stand-alone-flags.ts';
import { type GivenFlags, parseFlags } from './stand-alone-words.ts';

/** A connector whose own command is running. */
export interface StandAloneConnector {
  /** The folder of its package, with its package.json. */
  readonly directory: string;
  /** The name of the command, e.g. `context-sync-confluence`. */
  readonly program: string;
}

interface StandAloneOptions extends OutputOptions {
  readonly full: boolean;
  /** The source, named after the type of its connector. */
  readonly source: string;
  /** The flags with values as they were given, for the next call. */
  readonly settings: readonly string[];
  /** The root that follows from `--output-dir`, and what is to be said about it. */
  readonly location: RootLocation | undefined;
}

/**
 * The command of a connector that runs it alone: `context-sync-<type>`, configured by the variables
 * that its manifest lists and by nothing else. It does what `context-sync sync` does with the same
 * environment, and ends the process.
 */
export async function runStandAlone(
  { directory, program }: StandAloneConnector,
  process: NodeJS.Process,
): Promise<void> {
  const host = hostOf(process, directory);
  const argv = process.argv.slice(2);
  await runProgram<StandAloneOptions>(
    {
      argv,
      parse: async (actions) => {
        const connector = await findOwn(directory, program);
        const flags = standAloneFlags(connector);
        const given = parseFlags(program, argv, flags);
        if (given.has('help')) return actions.print(standAloneHelp(connector, flags));
        if (given.has('version')) return actions.print(`${connector.version}\n`);
        return sync(connector, given, flags, host, actions);
      },
      nextCommandOf: ({ source, settings, location }) =>
        standAloneCommands({ program, source, settings, root: location?.root }),
      afterCorrection: () => quoteCommand([program, ...argv]),
    },
    host,
  );
}

/** The connector that the command is named after, in the package it comes from. */
async function findOwn(directory: string, program: string): Promise<FoundConnector> {
  const file = await readPackageFile(directory);
  const root = { kind: 'path', directory, looked: directory } as const;
  const found = file === undefined ? [] : await connectorsOfPackage(file, root);
  const own = found.find(({ type }) => program === `context-sync-${type}`);
  if (own !== undefined) return own;
  throw new Error(
    `${program} is the command of no connector in the manifest of ${directory}: ${found[0]?.problem?.message ?? 'the types differ'}`,
  );
}

function sync(
  connector: FoundConnector,
  given: GivenFlags,
  flags: readonly StandAloneFlag[],
  host: Host,
  { execute }: ProgramActions<StandAloneOptions>,
): Promise<void> {
  const options: StandAloneOptions = {
    source: connector.type,
    settings: settingsOf(given),
    full: given.has('full'),
    json: given.has('json'),
    quiet: given.has('quiet'),
    verbose: given.has('verbose'),
    location: locationOf(connector, given, host),
  };
  return execute(syncCommand(connector, variablesOf(given, flags)), [], options);
}

function syncCommand(
  connector: FoundConnector,
  variables: Readonly<Record<string, string>>,
): Command<StandAloneOptions> {
  return async (invocation) => {
    const { env, cwd, home, hostDirectory } = invocation.host;
    const { full, location } = invocation.options;
    const project = await openAlone(connector, {
      env: { ...env, ...variables },
      cwd,
      home,
      hostDirectory,
      ...(location === undefined ? {} : { root: location.root }),
    });
    const warnings = [...(location?.warnings ?? []), ...project.warnings];
    const request = full ? { full } : {};
    return (await showSync(invocation, { ...project, warnings }, request)).result;
  };
}

function settingsOf(given: GivenFlags): string[] {
  return [...given].flatMap(([name, value]) => (value === true ? [] : [`--${name}`, value]));
}

function locationOf(
  { type }: FoundConnector,
  given: GivenFlags,
  { cwd, home }: Host,
): RootLocation | undefined {
  const folder = given.get('output-dir');
  if (typeof folder !== 'string') return undefined;
  return rootOfFolders([toOutputFolder(type, '--output-dir', resolveUserPath(folder, cwd, home))]);
}

function variablesOf(
  given: GivenFlags,
  flags: readonly StandAloneFlag[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flags.flatMap(({ name, variable }) => {
      const value = given.get(name);
      return variable === undefined || typeof value !== 'string' ? [] : [[variable, value]];
    }),
  );
}
