import { expect, it } from 'vitest';

import { nextCommandOf } from './next-command.ts';

it('repeats the config and the root of this command, quoted for a shell', () => {
  const nextCommand = nextCommandOf({ config: 'a.yaml', root: "/my folder/it's" });

  expect(nextCommand('sync', 'wiki:ENG')).toBe(
    String.raw`context-sync sync wiki:ENG --config a.yaml --root '/my folder/it'\''s'`,
  );
});
