import { describe, expect, it } from 'vitest';

import { isSecretField, secretValues, touchesSecret } from './secret-pattern.ts';

const secrets = ['auth.token', 'headers.*'];

describe('a secret field', () => {
  it.each([
    ['auth.token', true],
    ['auth.username', false],
    ['headers.X-Key', true],
    ['headers.X.Key', true],
    ['headers', false],
    ['headersX.Key', false],
  ])('is %s: %s', (field, expected) => {
    expect(isSecretField(field, secrets)).toBe(expected);
  });

  it.each([
    ['', true],
    ['auth', true],
    ['auth.token.x', true],
    ['headers', true],
    ['headers.X-Key', true],
    ['auth.username', false],
    ['head', false],
  ])('is touched by "%s": %s', (field, expected) => {
    expect(touchesSecret(field, secrets)).toBe(expected);
  });

  it('stands for each member that the config has', () => {
    const config = { auth: { token: 't' }, headers: { 'X-Key': 'k', 'X.Dot': 'd' } };

    expect(secretValues(config, secrets)).toEqual([
      { path: ['auth', 'token'], value: 't' },
      { path: ['headers', 'X-Key'], value: 'k' },
      { path: ['headers', 'X.Dot'], value: 'd' },
    ]);
    expect(secretValues({ headers: null }, ['headers.*'])).toEqual([]);
    expect(secretValues({}, ['headers.*'])).toEqual([]);
  });
});
