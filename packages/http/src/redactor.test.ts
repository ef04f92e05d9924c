import { describe, expect, it } from 'vitest';

import { createRedactor } from './redactor.ts';

const SECRET = 'a+b/c= d';

function shown(url: string, foreign = false): string {
  const redactor = createRedactor((text) => text.replaceAll(SECRET, '***'));
  return redactor.url(new URL(url), foreign);
}

describe('url', () => {
  it('drops user name, password and fragment', () => {
    expect(shown('https://me:hush@a.example/x#t=hush')).toBe('https://a.example/x');
  });

  it.each(['token', 'access_token', 'apiKey', 'X-Amz-Signature', 'sig', 'key', 'client_secret'])(
    'masks the parameter %s',
    (name) => {
      expect(shown(`https://a.example/x?${name}=hush`)).toBe(
        `https://a.example/x?${name}=[redacted]`,
      );
    },
  );

  it('keeps what tells one request from another', () => {
    const url = 'https://a.example/wiki/x?spaceKey=ENG&cursor=abc&id=1&id=2';

    expect(shown(url)).toBe(url);
  });

  it('finds a known secret in its encoded form, in path and query', () => {
    const encoded = encodeURIComponent(SECRET);

    expect(shown(`https://a.example/${encoded}/x?q=${encoded}&p=a%2Bb/c%3D+d`)).toBe(
      'https://a.example/***/x?q=***&p=***',
    );
  });

  it('drops the query of another origin, which is often signed', () => {
    expect(shown('https://media.example/x?client=1&foo=hush', true)).toBe(
      'https://media.example/x?…',
    );
  });

  it('takes malformed percent encoding as it stands', () => {
    expect(shown('https://a.example/%zz?q=%zz')).toBe('https://a.example/%zz?q=%zz');
  });
});

it('masks what signed a request, with and without its scheme', () => {
  const redactor = createRedactor((text) => text);
  redactor.learn({ authorization: 'Basic bWU6aHVzaA==' });

  expect(redactor.text('got Basic bWU6aHVzaA== and bWU6aHVzaA==')).toBe(
    'got [redacted] and [redacted]',
  );
});

it.each([
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded in lower case', (text: string) => encodeURIComponent(text).toLowerCase()],
  ['percent-encoded twice', (text: string) => encodeURIComponent(encodeURIComponent(text))],
  ['form-encoded', (text: string) => new URLSearchParams({ '': text }).toString().slice(1)],
  ['in JSON', (text: string) => JSON.stringify({ a: text })],
  ['in JSON in JSON', (text: string) => JSON.stringify(JSON.stringify([text]))],
  ['in JSON with quoted slashes', (text: string) => JSON.stringify(text).replaceAll('/', '\\/')],
  [
    'in JSON with quoted letters',
    (text: string) => JSON.stringify(text).replaceAll('o', '\\u006f').replaceAll('/', '\\u002F'),
  ],
])('masks a secret that stands %s', (_how, encode) => {
  const secret = 'to"k\\en / +=and %more';
  const known = createRedactor((text) => text.replaceAll(secret, '***'));
  const learned = createRedactor((text) => text);
  learned.learn({ authorization: `Bearer ${secret}` });
  const text = `It said ${encode(secret)} there.`;

  expect(known.text(text)).toContain('***');
  expect(known.text(text)).not.toContain('more');
  expect(learned.text(text)).toContain('[redacted]');
  expect(learned.text(text)).not.toContain('more');
});

it.each([
  { authorization: `Basic ${Buffer.from('me@a.example:pass:word').toString('base64')}` },
  { cookie: 'lang=en; session=pass:word; x=1' },
  { 'x-api-key': 'pass:word' },
])('masks the part of %j that is a secret by itself', (headers) => {
  const redactor = createRedactor((text) => text);
  redactor.learn(headers);

  expect(redactor.text('wrong secret pass:word for me@a.example')).toBe(
    'wrong secret [redacted] for me@a.example',
  );
});

it('keeps a text without secrets as it is, backslashes and all', () => {
  const redactor = createRedactor((text) => text);
  redactor.learn({ authorization: 'Bearer abcdefgh' });
  const text = 'C:\\Temp\\new "a\\"b" 100% a+b \\u0041';

  expect(redactor.text(text)).toBe(text);
});

it('reads a long text of a server once', () => {
  const redactor = createRedactor((text) => text);
  const startedAt = performance.now();

  redactor.text('a'.repeat(1_000_000));

  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

it('forgets the oldest of many rotating tokens, not the newest', () => {
  const redactor = createRedactor((text) => text);
  for (let i = 0; i < 500; i += 1) {
    redactor.learn({ authorization: `Bearer token-${i}`, 'x-api-key': 'always-used' });
  }

  expect(redactor.text('token-499')).toBe('[redacted]');
  expect(redactor.text('always-used')).toBe('[redacted]');
  expect(redactor.text('token-0 ')).toBe('token-0 ');
});
