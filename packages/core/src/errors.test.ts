import { describe, expect, it } from 'vitest';

import { ConnectorError } from './errors.ts';

describe('ConnectorError', () => {
  it('carries what the engine and the user need', () => {
    const cause = new Error('socket hang up');

    const error = new ConnectorError('rate_limited', 'The service asked to wait.', {
      hint: 'Run the sync again in a minute.',
      retryAfterMs: 60_000,
      status: 429,
      cause,
    });

    expect(error).toMatchObject({
      name: 'ConnectorError',
      code: 'rate_limited',
      message: 'The service asked to wait.',
      hint: 'Run the sync again in a minute.',
      retryAfterMs: 60_000,
      status: 429,
      cause,
    });
  });

  it('has no field for what it was not given', () => {
    const error = new ConnectorError('auth', 'The token was refused.');

    expect(Object.keys(error)).not.toContain('hint');
    expect(Object.keys(error)).not.toContain('retryAfterMs');
    expect(Object.keys(error)).not.toContain('status');
    expect('cause' in error).toBe(false);
  });

  it('recognises the brand, whatever class the value was made by', () => {
    const fromAnotherCopy = Object.assign(new Error('gone'), {
      '~contextSync': 'error',
      code: 'not_found',
    });

    expect(ConnectorError.is(new ConnectorError('bug', 'A fault.'))).toBe(true);
    expect(ConnectorError.is(fromAnotherCopy)).toBe(true);
  });

  it.each([
    ['a plain error', new Error('no')],
    ['an error with a code', Object.assign(new Error('no'), { code: 'auth' })],
    ['another brand', { '~contextSync': { contract: '1.0' } }],
    ['null', null],
    ['undefined', undefined],
    ['a string', '~contextSync'],
  ])('does not take %s for one', (_name, value) => {
    expect(ConnectorError.is(value)).toBe(false);
  });
});
