import { expect, it } from 'vitest';

import { bypassesProxy } from './no-proxy.ts';

it.each([
  ['https://wiki.example.com', 'example.com', true],
  ['https://wiki.example.com', '.example.com', true],
  ['https://wiki.example.com', '*.example.com', true],
  ['https://WIKI.example.com', 'Wiki.Example.com', true],
  ['https://example.com', 'example.com', true],
  ['https://notexample.com', 'example.com', false],
  ['https://wiki.example.com', 'other.net, example.com', true],
  ['https://wiki.example.com', 'other.net example.com', true],
  ['https://wiki.example.com', '*', true],
  ['https://wiki.example.com', '', false],
  ['https://wiki.example.com', '.', false],
  ['https://wiki.example.com', 'wiki.example.com:443', true],
  ['https://wiki.example.com', 'wiki.example.com:8443', false],
  ['http://wiki.example.com:8080', 'wiki.example.com:8080', true],
  ['http://10.0.0.1', '10.0.0.1', true],
  ['http://[fd00::1]', 'fd00::1', true],
  ['http://[fd00::1]:81', '[fd00::1]:81', true],
  ['http://[fd00::1]:81', '[fd00::1]:82', false],
  ['http://127.0.0.1:3000', '', true],
  ['http://localhost', '', true],
  ['http://[::1]', '', true],
  ['http://127.example.com', '', false],
])('%s with NO_PROXY "%s": %s', (url, noProxy, expected) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
});
