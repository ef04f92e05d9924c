import fc from 'fast-check';
import { expect, it } from 'vitest';

import { contextLink } from './context-link.ts';

it.each([
  [contextLink('doc', '4711'), 'ctx:doc/4711'],
  [contextLink('name', 'ENG:Plan (A)'), 'ctx:name/ENG%3APlan%20%28A%29'],
  [contextLink('user', '5b:x', { title: 'Ada' }), 'ctx:user/5b%3Ax?title=Ada'],
  [
    contextLink('doc', '1', { url: 'https://x.example/a?b', title: 'T', fragment: 'goals & more' }),
    'ctx:doc/1?url=https%3A%2F%2Fx.example%2Fa%3Fb&title=T#goals%20%26%20more',
  ],
])('writes %s', (link, expected) => {
  expect(link).toBe(expected);
});

it('needs no escaping in Markdown or HTML, whatever the key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (key) => {
      expect(contextLink('att', key, { title: key })).toMatch(
        /^ctx:att\/[\w.%-]*\?title=[\w.%-]*$/,
      );
    }),
  );
});
