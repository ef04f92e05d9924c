import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openWikiProject, problemLines, wikiOptions } from './__fixtures__/wiki-project.ts';
import { openProject } from './open-project.ts';
import type { ProjectOptions } from './project.ts';
import { findRoot } from './root.ts';

const config = { 'work/context-sync.config.yaml': 'root: from-config\nsources: {}\n' };

async function rootOf(tree: Record<string, string>, more: Partial<ProjectOptions> = {}) {
  const { folder, options } = await wikiOptions(tree);
  const merged = { ...options, ...more };
  const project = await openProject(merged);
  expect(await findRoot(merged)).toBe(project.root);
  return {
    root: project.root.replace(`${folder}/`, ''),
    from: project.rootFrom,
    warnings: project.warnings,
  };
}

describe('the root', () => {
  it('is the flag, then the variable, then the config, then the default', async () => {
    const env = { CONTEXT_SYNC_ROOT: 'from-env' };

    expect(await rootOf(config, { root: '../flag', env })).toMatchObject({
      root: 'flag',
      from: 'flag',
    });
    expect(await rootOf(config, { env })).toMatchObject({
      root: 'work/from-env',
      from: 'environment',
    });
    expect(await rootOf(config)).toMatchObject({ root: 'work/from-config', from: 'config' });
    expect(await rootOf({})).toMatchObject({ root: 'home/context-sync', from: 'default' });
  });

  it('is relative to the config file, and ~ is the home folder', async () => {
    const home = { 'home/.config/context-sync/config.yaml': 'root: mirror\n' };
    const tilde = { 'work/context-sync.config.json': '{ "root": "~/mirror", "sources": {} }' };

    expect(await rootOf(home)).toMatchObject({ root: 'home/.config/context-sync/mirror' });
    expect(await rootOf(tilde)).toMatchObject({ root: 'home/mirror' });
    expect((await rootOf({}, { home: homedir() })).root).toBe(join(homedir(), 'context-sync'));
  });

  it('is the parent of an output folder that is named after its source', async () => {
    const env = { WIKI_OUTPUT_DIR: '~/notes/wiki/' };

    expect(await rootOf({}, { env })).toEqual({
      root: 'home/notes',
      from: 'environment',
      warnings: [],
    });
    expect(await rootOf(config, { env })).toMatchObject({ root: 'work/from-config' });
    expect(
      (await openWikiProject({}, { env: { ...env, WIKI_URL: 'https://wiki.example' } })).sources,
    ).toMatchObject([{ dir: expect.stringMatching(/^\/.*\/home\/notes\/wiki$/) }]);
  });

  it('is another output folder itself, and a warning says so', async () => {
    const { root, warnings } = await rootOf({}, { env: { WIKI_OUTPUT_DIR: 'notes' } });

    expect(root).toBe('work/notes');
    expect(warnings).toEqual([expect.stringContaining('WIKI_OUTPUT_DIR does not end in "wiki"')]);
  });

  it('cannot be found in a config file that cannot be read', async () => {
    const { options } = await wikiOptions({ 'work/context-sync.config.yaml': 'root: [\n' });

    expect(await problemLines(findRoot(options))).toEqual([
      expect.stringMatching(/^context-sync\.config\.yaml:2:1 /),
    ]);
    expect(await findRoot({ ...options, root: '/mirror' })).toBe('/mirror');
  });
});
