import { basename } from 'node:path';

import { eachFile, eachLine, type Rule } from './workspace.ts';

const code = /\.(ts|mjs|js)$/;
const tests = /\.test\.ts$/;

/** What only some folders may use, and what the others do instead. */
const reserved: readonly {
  readonly use: RegExp;
  readonly allowed: RegExp;
  readonly instead: string;
}[] = [
  {
    use: /from '(axios|bottleneck)'/,
    allowed: /^packages\/http\//,
    instead: 'use the client of @context-sync/http',
  },
  {
    use: /\bprocess\.env\b/,
    allowed: /^(apps\/cli|scripts|benchmarks)\/|\/src\/bin\.ts$|^packages\/sandbox\/src\/main\.ts$/,
    instead: 'take the environment as a parameter; only the command line reads it',
  },
  {
    use: /\bprocess\.(exit|argv|cwd|stdout|stderr)\b|from 'node:(fs|process|child_process)/,
    allowed: /^(?!packages\/connector-(?!testkit))|\/src\/bin\.ts$/,
    instead: "a connector yields documents; files and the process are the host's",
  },
  {
    use: /'@context-sync\/engine\b/,
    allowed: /^(?!packages\/connector-(?!testkit))|\/src\/bin\.ts$/,
    instead: 'a connector runs without the engine; only its own command may load it',
  },
];

/** A long file has a second subject that wants a file of its own. */
export const isShort: Rule = (workspace) =>
  eachFile(workspace, code, (text, path) => {
    const limit = /\.test\.ts$|\/test\//.test(path) ? 400 : 250;
    const lines = text.split('\n').length - 1;
    return lines > limit
      ? `${lines} lines, at most ${limit}; move its second subject to a file of its own`
      : undefined;
  });

/** A file is named after its subject. */
export const hasASubject: Rule = (workspace) =>
  eachFile(workspace, code, (_text, path) =>
    /(^|[/.-])(utils?|helpers?|common|misc)([/.-]|$)/.test(path)
      ? 'name it after its subject'
      : undefined,
  );

/** A focused test silences all others. */
export const focusesNoTest: Rule = (workspace) =>
  eachLine(workspace, tests, (line) =>
    /\b(it|test|describe)(\.\w+)*\.only\b/.test(line) ? 'remove ".only"' : undefined,
  );

/** A skipped test says why: by its condition, or in a comment on its line or the one above. */
export const explainsSkippedTests: Rule = (workspace) =>
  eachLine(workspace, tests, (line, lineBefore) => {
    const skips = /\b(it|test|describe)(\.\w+)*\.(skip|todo|fails)\b/.test(line);
    return skips && !line.includes('//') && !lineBefore.trim().startsWith('//')
      ? 'say in a comment on the line above why it is skipped'
      : undefined;
  });

/** What varies with the machine, and who talks to the network, is decided in few places. */
export const usesOnlyItsOwnPowers: Rule = (workspace) =>
  reserved.flatMap(({ use, allowed, instead }) =>
    eachLine(workspace, /^(packages|apps)\/.*\.ts$/, (line, _before, path) =>
      use.test(line) && !allowed.test(path) && !tests.test(basename(path))
        ? `${use.exec(line)?.[0]} is not for this file; ${instead}`
        : undefined,
    ),
  );
