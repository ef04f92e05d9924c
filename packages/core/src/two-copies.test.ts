import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConnectorError, defineConnector } from './index.ts';

const sources = fileURLToPath(new URL('.', import.meta.url));
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const rootTypes = fileURLToPath(new URL('../../../node_modules/@types', import.meta.url));

/** What a third party ships: a connector that brought its own copy of the contract. */
const connector = `
import { BaseConnector, ConnectorError, defineConnector, type Json, type ScopeEvent, type SyncEvent } from './core/index.ts';

class NotesConnector extends BaseConnector<{ readonly folder: string }, { readonly page: number }> {
  override async check() { return { checks: [] }; }
  override async *scopes(): AsyncGenerator<ScopeEvent> { yield { type: 'complete' }; }
  override async *sync(): AsyncGenerator<SyncEvent<{ readonly page: number }>> {
    yield { type: 'checkpoint', cursor: { page: 1 } };
    throw new ConnectorError('auth', 'The folder is locked.');
  }
}

export default defineConnector({
  contract: '1.0',
  type: 'notes',
  configSchema: { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { folder: 'notes' } }) } },
  capabilities: { incremental: 'cursor', deletes: 'none' },
  cursorVersion: 1,
  renderVersion: 1,
  migrateCursor: (old: { version: number; cursor: Json }) => ({ page: old.version }),
  connector: NotesConnector,
});
`;

/** A host with the first copy, that takes the connector for its own and must not take a number. */
const host = `
import type { BaseConnector, ConnectorContext, ConnectorDefinition, ConnectorError } from '@context-sync/core';
import notes from './connector.ts';
import type * as theirs from './core/index.ts';

export const accepted: ConnectorDefinition = notes;
export const made = (context: ConnectorContext) => accepted.create({}, context);
export const caught = (error: theirs.ConnectorError): ConnectorError => error;
export const based = (connector: theirs.BaseConnector): BaseConnector => connector;
// @ts-expect-error: proves that the lines above are really checked
export const refused: ConnectorDefinition = { ...notes, type: 1 };
`;

let folder = '';

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'two-copies-')));
  await cp(sources, join(folder, 'core'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  });
  await symlink(modules, join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'connector.ts'), connector);
  await writeFile(join(folder, 'host.ts'), host);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function compile(file: string, options: ts.CompilerOptions): Promise<string[]> {
  const base = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));
  const { config } = ts.parseConfigFileTextToJson(base, await readFile(base, 'utf8'));
  const parsed = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  const program = ts.createProgram([join(folder, file)], {
    ...parsed.options,
    ...options,
    typeRoots: [rootTypes],
  });
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(
    ({ messageText, file: where }) =>
      `${where?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}

describe('a connector with its own copy of this package', () => {
  it('type-checks against the first copy', { timeout: 60_000 }, async () => {
    const problems = await compile('host.ts', {
      noEmit: true,
      paths: { '@context-sync/core': [join(sources, 'index.ts')] },
    });

    expect(problems).toEqual([]);
  });

  it('loads, and its errors and definition are recognised', { timeout: 60_000 }, async () => {
    const outDir = join(folder, 'dist');
    expect(await compile('connector.ts', { outDir, rootDir: folder })).toEqual([]);
    const copy = await import(pathToFileURL(join(outDir, 'core/index.js')).href);
    const { default: notes } = await import(pathToFileURL(join(outDir, 'connector.js')).href);

    const events = notes.create({ folder: 'notes' }, {}).sync();
    const first = await events.next();
    const failure = await events.next().catch((error: unknown) => error);

    expect(copy.defineConnector).not.toBe(defineConnector);
    expect(notes['~contextSync']).toEqual({ contract: '1.0' });
    expect(first.value).toEqual({ type: 'checkpoint', cursor: { page: 1 } });
    expect(failure).not.toBeInstanceOf(ConnectorError);
    expect(ConnectorError.is(failure)).toBe(true);
  });
});
