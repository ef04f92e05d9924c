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
  ['http://[fd00::1]', 'FD00:0:0::0001', true],
  ['http://[fd00::1]', '[fd00::1]', true],
  ['http://[fd12::1]', 'fd00::/8', true],
  ['http://[fe80::1]', 'fd00::/8', false],
  ['http://10.1.2.3', '10.0.0.0/8', true],
  ['http://11.1.2.3', '10.0.0.0/8', false],
  ['http://10.1.2.3:81', '10.0.0.0/8:81', true],
  ['http://10.1.2.3', '10.0.0.0/99', false],
  ['http://10.1.2.3', '10.0.0.0/', false],
  ['http://10.1.2.3', 'fd00::/8', false],
  ['http://10.1.2.3', '2.3', false],
  ['http://wiki.example.com.', 'example.com', true],
  ['http://wiki.example.com', 'example.com.', true],
  ['http://127.0.0.1:3000', '', true],
  ['http://localhost', '', true],
  ['http://[::1]', '', true],
  ['http://127.example.com', '', false],
])('%s with NO_PROXY "%s": %s', (url, noProxy, expected) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
});
