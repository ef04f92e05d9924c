import { expect, it } from 'vitest';

import { localEditsText } from './local-edits.ts';
import { createStyle } from './style.ts';

it('names the copies of files that somebody changed', () => {
  const place = { root: '/m', style: createStyle(false) };
  const path = '.context-sync/local-edits/r1/wiki/a.md';

  expect(localEditsText([path], place)).toBe(
    `warning[local_edit]: 1 file that somebody changed gave way to the mirror; kept in /m:\n  ${path}`,
  );
  expect(
    localEditsText(
      Array.from({ length: 25 }, () => path),
      place,
    ),
  ).toMatch(/\n {2}and 5 more$/);
  expect(localEditsText([], place)).toBe('');
});
