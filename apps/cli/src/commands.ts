import type { Command } from './command.ts';

/** An option with what the help says of it, and what its value may be. */
export type OptionSpec = readonly [
  flags: string,
  text: string,
  rule?:
    | { readonly least: number }
    | { readonly choices: readonly string[]; readonly default: string },
];

/** A command as the parser and its help know it. The code behind it is loaded when it runs. */
export interface CommandSpec {
  /** One word, or two for a command in a group. */
  readonly name: string;
  readonly arguments?: readonly (readonly [words: string, text: string])[];
  readonly options?: readonly OptionSpec[];
  readonly summary: string;
  readonly description?: string;
  readonly example: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'sync',
    arguments: [
      [
        '[source[:scope]...]',
        'what to sync, e.g. confluence or confluence:ENG (default: everything)',
      ],
    ],
    options: [
      ['--full', 'read every body again'],
      ['--reconcile', 'list everything and check every file'],
      ['-n, --dry-run', 'tell what would change and write nothing'],
      ['--only <id|url...>', 'only these documents'],
      ['--with-descendants', 'with --only: also everything below them'],
      [
        '--allow-deletes <n>',
        'apply up to this many withheld deletions in each scope',
        { least: 0 },
      ],
      ['--error-on-change', 'exit 9 when something changed'],
      [
        '--stats-interval <seconds>',
        'time between progress lines when not on a terminal (default: 30)',
        { least: 1 },
      ],
    ],
    summary: 'bring the mirror up to date',
    description:
      'Brings the mirror up to date. Asks only for what changed since the last run, and goes on where an interrupted run stopped.',
    example: 'context-sync sync confluence:ENG --dry-run',
    load: async () => (await import('./commands/sync.ts')).sync,
  },
  {
    name: 'status',
    arguments: [['[source]', 'only this source']],
    summary: 'tell how old and how complete the mirror is',
    description:
      'Tells how old and how complete the mirror is. Reads the mirror alone, not the network.',
    example: 'context-sync status',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'scopes',
    arguments: [['<source>', 'the source to ask']],
    options: [['--all', 'also those that the configuration does not select']],
    summary: 'list the spaces or projects of a source',
    example: 'context-sync scopes confluence',
    load: async () => (await import('./commands/scopes.ts')).scopes,
  },
  {
    name: 'doctor',
    arguments: [['[source]', 'only this source']],
    summary: 'check the installation, the configuration and the credentials',
    description:
      'Checks the installation, the configuration, the mirror folder and every source, and says how to mend what is wrong. Exits 10 when a check failed.',
    example: 'context-sync doctor',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'connectors',
    summary: 'list the installed connectors',
    example: 'context-sync connectors',
    load: async () => (await import('./commands/connectors.ts')).connectors,
  },
  {
    name: 'config print',
    summary: 'print the configuration in use and where each value comes from',
    description:
      'Prints the configuration in use and where each value comes from. Secrets are not shown.',
    example: 'context-sync config print',
    load: async () => (await import('./commands/config-print.ts')).configPrint,
  },
  {
    name: 'config validate',
    summary: 'check the configuration without the network',
    example: 'context-sync config validate -c context-sync.config.yaml',
    load: async () => (await import('./commands/config-validate.ts')).configValidate,
  },
  {
    name: 'convert',
    arguments: [['[file]', 'what to read (default: standard input)']],
    options: [
      ['--from <format>', 'what it is written in: storage, adf, html or wiki'],
      ['--lossy', 'list on stderr what Markdown could not say'],
    ],
    summary: 'print a page of a wiki as Markdown',
    description:
      'Prints a file or standard input as Markdown, as the mirror has it. Reads Confluence storage format, the Atlassian Document Format as JSON, HTML and the wiki markup of Jira. Pages, files and people are named, not looked up.',
    example: 'context-sync convert --from wiki description.txt',
    load: async () => (await import('./commands/convert.ts')).convert,
  },
  {
    name: 'cleanup',
    arguments: [['[source]', 'only this source']],
    options: [['--execute', 'remove them; without it they are only listed']],
    summary: 'list or remove what the mirror no longer needs',
    description:
      'Lists what the mirror no longer needs: sources taken out of the configuration, old trash and logs. Removes it with --execute.',
    example: 'context-sync cleanup --execute',
    load: async () => (await import('./commands/cleanup.ts')).cleanup,
  },
  {
    name: 'restore',
    arguments: [['[run]', 'the run whose deletions to copy back (default: the newest with trash)']],
    summary: 'copy what a run deleted out of the trash',
    description:
      'Copies what a run deleted out of the trash into .context-sync/restored/, never into the mirror itself.',
    example: 'context-sync restore',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  {
    name: 'rebuild',
    summary: 'make the state database anew from the files',
    description:
      'Makes the state database anew from the files of the mirror, after it was lost or damaged.',
    example: 'context-sync rebuild',
    load: async () => (await import('./commands/rebuild.ts')).rebuild,
  },
];
