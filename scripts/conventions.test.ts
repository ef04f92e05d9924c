import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import * as acceptance from './conventions/acceptance.ts';
import * as packages from './conventions/packages.ts';
import * as sources from './conventions/sources.ts';
import * as texts from './conventions/texts.ts';
import { readWorkspace, type Rule, toWorkspace } from './conventions/workspace.ts';

const rules: Readonly<Record<string, Rule>> = { ...acceptance, ...packages, ...sources, ...texts };

/** For each rule, files that break it and a part of what it must say about them. */
const violations: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
  citesTests: [
    {
      'packages/x/src/x.test.ts': "it('works', () => {});",
      'packages/x/docs/acceptance.md': '| A | b | `x/src/x.test.ts`: worked |',
    },
    'x/src/x.test.ts has no test "worked"',
  ],
  hasReadmeAndLicense: [{ 'packages/x/package.json': '{}', 'packages/x/README.md': '' }, 'LICENSE'],
  isNamedAfterItsFolder: [manifest('x', { name: 'y' }), '"@context-sync/x"'],
  hasTheSharedFields: [manifest('x', { type: 'commonjs' }), '"type" must be "module"'],
  followsTheArrows: [
    manifest('connector-x', { dependencies: { '@context-sync/engine': 'workspace:^' } }),
    'must not depend on engine',
  ],
  hasNoCycles: [
    {
      ...manifest('x', { dependencies: { '@context-sync/y': 'workspace:^' } }),
      ...manifest('y', { devDependencies: { '@context-sync/x': 'workspace:*' } }),
    },
    'break the cycle',
  ],
  hasTheFilesOfAConnector: [manifest('connector-x', {}), 'add src/to-document.ts'],
  hasTheHeadingsOfAConnector: [
    { ...manifest('connector-x', {}), 'packages/connector-x/README.md': '## API used' },
    'headings must be',
  ],
  isDiscoverable: [manifest('connector-x', {}), 'peer dependency'],
  isShort: [{ 'packages/x/src/long.ts': 'x;\n'.repeat(251) }, '251 lines, at most 250'],
  hasASubject: [{ 'packages/x/src/string-utils.ts': '' }, 'name it after its subject'],
  focusesNoTest: [{ 'packages/x/src/x.test.ts': `it.${'only'}('works')` }, 'remove'],
  explainsSkippedTests: [
    { 'packages/x/src/x.test.ts': `it.${'skip'}('works')` },
    'say in a comment',
  ],
  usesOnlyItsOwnPowers: [
    { 'packages/connector-x/src/client.ts': "import axios from 'axios';" },
    'use the client',
  ],
  namesNoMachine: [{ 'docs/x.md': `see ${'/home'}/somebody/notes` }, 'relative path'],
  namesNoRegistry: [{ '.npmrc': 'registry=x' }, 'remove the registry'],
  isReadable: [{ 'CONTRIBUTING.md': 'x\n'.repeat(121) }, 'at most 120'],
  numbersDecisionsOnce: [
    { 'docs/decisions/0001-a.md': '', 'docs/decisions/0001-b.md': '' },
    'a number of its own',
  ],
  linksToFiles: [{ 'docs/x.md': '[gone](./gone.md)' }, 'mend the link'],
  explainsErrorCodes: [
    { 'packages/core/src/errors.ts': "export type ErrorCode = | 'boom';" },
    'explain `boom`',
  ],
};

function manifest(name: string, fields: object): Record<string, string> {
  return { [`packages/${name}/package.json`]: JSON.stringify(fields) };
}

describe('the workspace', () => {
  const workspace = readWorkspace(fileURLToPath(new URL('..', import.meta.url)));

  it.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(rule(workspace)).toEqual([]);
  });
});

describe('a rule', () => {
  it('is shown failing, each one', () => {
    expect(Object.keys(violations).toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it.each(Object.entries(violations))('finds what breaks %s', (name, [files, message]) => {
    expect(rules[name]?.(toWorkspace(files)).join('\n')).toContain(message);
  });
});
