import { chmod } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { makeFolder, type Tree } from '../discovery/__fixtures__/folder-tree.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { findConfigFile } from './config-file.ts';
import type { ProjectOptions } from './project.ts';

async function find(tree: Tree, more: Partial<ProjectOptions> & { folder?: string } = {}) {
  const folder = more.folder ?? (await makeFolder(tree));
  const file = await findConfigFile({
    cwd: join(folder, 'work'),
    env: {},
    home: join(folder, 'home'),
    hostDirectory: folder,
    ...more,
  });
  return { folder, file: file?.file.slice(folder.length + 1), value: file?.value, config: file };
}

async function problemsOf(tree: Tree): Promise<readonly ConfigProblem[]> {
  const error = await find(tree).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ConfigError.is(error)) throw new Error('Expected a ConfigError', { cause: error });
  return error.problems;
}

const yaml = 'root: here\n';
const json = '{ "root": "here" }';

describe('findConfigFile', () => {
  it.each([
    ['context-sync.config.yaml', yaml],
    ['context-sync.config.yml', yaml],
    ['context-sync.config.json', json],
    ['context-sync.config.js', "export default { root: 'here' };"],
    ['context-sync.config.mjs', "export default { root: 'here' };"],
    [
      'context-sync.config.ts',
      "interface A { root: string }\nexport default { root: 'here' } satisfies A;",
    ],
    ['.context-syncrc', yaml],
    ['.context-syncrc', json],
    ['.context-syncrc.json', json],
    ['.context-syncrc.yaml', yaml],
  ])('reads %s', async (name, text) => {
    const found = await find({ [`work/${name}`]: text, 'work/package.json': { type: 'module' } });

    expect(found).toMatchObject({ file: `work/${name}`, value: { root: 'here' } });
  });

  it('reads the key of package.json, with its positions', async () => {
    const text = '{\n  "name": "x",\n  "context-sync": {\n    "root": "here"\n  }\n}';

    const { value, config } = await find({ 'work/package.json': text });

    expect(value).toEqual({ root: 'here' });
    expect(config?.position(['root'], 'value')).toEqual({ line: 4, column: 13 });
  });

  it('does not take the manifest of a connector for a config', async () => {
    const manifest = { 'context-sync': { manifest: 1, connectors: [] } };

    expect((await find({ 'work/package.json': manifest })).file).toBeUndefined();
  });

  it('searches upward, but not above the home folder', async () => {
    const above = await find({ 'context-sync.config.yaml': yaml, 'work/note.txt': '' });
    const home = { folder: above.folder, home: join(above.folder, 'work') };

    expect(above.file).toBe('context-sync.config.yaml');
    expect((await find({}, home)).file).toBeUndefined();
  });

  it("falls back to the user's config folder", async () => {
    const { file } = await find({ 'home/.config/context-sync/config.yaml': yaml });
    const folder = await makeFolder({ 'xdg/context-sync/config.json': json });
    const xdg = await find({}, { folder, env: { XDG_CONFIG_HOME: join(folder, 'xdg') } });

    expect(file).toBe('home/.config/context-sync/config.yaml');
    expect(xdg.file).toBe('xdg/context-sync/config.json');
  });

  it('reads the file it is told, and no other', async () => {
    const { file } = await find(
      { 'work/context-sync.config.yaml': yaml, 'work/other.yaml': 'root: there\n' },
      { configFile: 'other.yaml' },
    );

    expect(file).toBe('work/other.yaml');
  });

  it('tells which files it passes over', async () => {
    const { file, config, folder } = await find({
      'work/context-sync.config.yaml': yaml,
      'work/.context-syncrc.json': json,
    });

    expect(file).toBe('work/context-sync.config.yaml');
    expect(config?.passedOver).toEqual([join(folder, 'work/.context-syncrc.json')]);
  });

  it('reads a text that begins with a byte order mark', async () => {
    expect((await find({ 'work/context-sync.config.json': `\uFEFF${json}` })).value).toEqual({
      root: 'here',
    });
    expect((await find({ 'work/context-sync.config.yaml': `\uFEFF${yaml}` })).value).toEqual({
      root: 'here',
    });
  });
});

describe('a config file that cannot be read', () => {
  it.each<[string, string, string, object]>([
    ['an empty file', 'yaml', '', { message: 'The file is empty' }],
    ['comments alone', 'yaml', '# nothing yet\n', { message: 'The file is empty' }],
    ['a list', 'yaml', '- a\n- b\n', { message: expect.stringContaining('not a list') }],
    ['a text', 'json', '"hello"', { message: expect.stringContaining('not a list or a text') }],
    [
      'a duplicate key',
      'yaml',
      'a: 1\nb: 2\na: 3\n',
      { line: 3, column: 1, message: 'This key is there twice' },
    ],
    [
      'a duplicate key in JSON',
      'json',
      '{\n "a": 1,\n "a": 2\n}',
      { line: 3, column: 2, message: 'This key is there twice' },
    ],
    [
      'a tab',
      'yaml',
      'a:\n\tb: 1\n',
      { line: 2, column: 1, message: 'A tab cannot indent a line' },
    ],
    [
      'two documents',
      'yaml',
      'a: 1\n---\nb: 2\n',
      { line: 2, message: 'A second document begins here' },
    ],
    ['an unknown alias', 'yaml', 'a: *gone\n', { message: expect.stringContaining('gone') }],
    ['an unknown tag', 'yaml', 'a: !env X\n', { line: 1, column: 4 }],
    [
      'a trailing comma',
      'json',
      '{\n "a": 1,\n}',
      { line: 2, column: 8, message: 'A comma before "}" is not allowed' },
    ],
    ['UTF-16', 'yaml', '\uFFFD\uFFFDa\0:\0', { message: 'This is not a text in UTF-8' }],
    [
      'a script that throws',
      'mjs',
      "throw new Error('no luck')",
      { message: 'The file cannot be loaded: no luck' },
    ],
    [
      'a script with a syntax error',
      'ts',
      'export default {\n  b: = 2,\n};\n',
      { line: 2, column: 5 },
    ],
    [
      'a script without default export',
      'mjs',
      'export const a = 1;',
      { message: 'The file is empty' },
    ],
  ])('is a problem with its place: %s', async (_, ending, text, expected) => {
    const problems = await problemsOf({ [`work/context-sync.config.${ending}`]: text });

    expect(problems).toMatchObject([{ file: `context-sync.config.${ending}`, ...expected }]);
  });

  it('is told with all its faults at once', async () => {
    const problems = await problemsOf({ 'work/context-sync.config.yaml': 'x: @foo\ny: `b`\n' });

    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 4],
      [2, 4],
    ]);
  });

  it.each([
    ['json', '{ "auth": { "token": "s3cr3t-t0ken" "x": 1 } }'],
    ['yaml', 'auth: { token: s3cr3t-t0ken, x: @y }\n'],
    ['yaml', 'auth: { token: "s3cr3t-t0ken" x }\n'],
  ])('shows no text of the file around a fault in %s', async (ending, text) => {
    const problems = await problemsOf({ [`work/context-sync.config.${ending}`]: text });

    expect(JSON.stringify(problems)).not.toContain('s3cr3t');
  });

  it('includes the key of a package.json that is not JSON', async () => {
    const text = '{\n "context-sync": {,}\n}';

    expect(await problemsOf({ 'work/package.json': text })).toMatchObject([
      { file: 'package.json', line: 2, column: 19 },
    ]);
  });

  it('is told when it is named and absent', async () => {
    const promise = find({}, { configFile: 'gone.yaml' });

    await expect(promise).rejects.toMatchObject({
      problems: [{ file: 'gone.yaml', message: 'There is no such file' }],
    });
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('is told when permission is denied', async () => {
    const folder = await makeFolder({ 'work/context-sync.config.yaml': yaml });
    await chmod(join(folder, 'work/context-sync.config.yaml'), 0);

    await expect(find({}, { folder })).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('permission denied') }],
    });
  });

  it('is told when it is a folder', async () => {
    const promise = find({ 'work/context-sync.config.yaml/x': '' });

    await expect(promise).rejects.toMatchObject({
      problems: [{ message: 'This is a folder, not a file' }],
    });
  });
});
