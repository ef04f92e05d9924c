import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ConnectorError } from '@context-sync/core';
import { memoryConnector, MemoryWorld } from '@context-sync/sandbox';
import { describe, expect, it } from 'vitest';

import { MemoryMirror } from '../../test/memory-mirror.ts';
import { Redaction } from './redaction.ts';
import { runSync } from './run.ts';

describe('redaction', () => {
  it('takes out every form of a secret, the longest first', () => {
    const redaction = new Redaction();
    redaction.learn('anna');
    redaction.learn('anna-secret/1');

    expect(redaction.text('anna-secret/1 anna-secret%2F1 anna')).toBe(
      '[redacted] [redacted] [redacted]',
    );
    expect(redaction.text(Buffer.from('anna-secret/1').toString('base64'))).toBe('[redacted]');
  });

  it.each(['', 'a', 'me', 'me@', 'me@a.example:'])('finds it in base64 behind %j', (user) => {
    const redaction = new Redaction();
    redaction.learn('anna-secret/1');
    const basic = Buffer.from(`${user}anna-secret/1`).toString('base64');

    const shown = redaction.text(`Basic ${basic}`);

    const rest = Buffer.from(shown.replace('Basic ', '').replace('[redacted]', ''), 'base64');
    expect(shown).toContain('[redacted]');
    expect(rest.toString()).not.toMatch(/nna|secre/);
  });

  it('finds it where JSON or a form has quoted it', () => {
    const redaction = new Redaction();
    redaction.learn('an"na \\secret');

    expect(redaction.text(JSON.stringify({ a: 'an"na \\secret' }))).toBe('{"a":"[redacted]"}');
    expect(redaction.text('q=an%22na+%5Csecret&b=1')).toBe('q=[redacted]&b=1');
  });

  it('knows a secret in a URL, a form, JSON and base64, and without the space around it', () => {
    const redaction = new Redaction();
    const secret = 'p"a/ü+ b\\c=';
    redaction.learn(`${secret}\n`);
    const url = encodeURIComponent(secret);
    const forms = [
      secret,
      url,
      url.replace(/%../g, (code) => code.toLowerCase()),
      new URLSearchParams({ q: secret }).toString(),
      JSON.stringify({ secret }),
      Buffer.from(secret).toString('base64url'),
    ];

    for (const form of forms) {
      const clean = redaction.text(form);
      expect(clean, form).toContain('[redacted]');
      expect(clean.replace('[redacted]', '')).toMatch(/^(q=|\{"secret":""\})?$/);
    }
  });

  it('knows the values of a cookie by themselves, but for its settings', () => {
    const redaction = new Redaction();
    redaction.learn('lang=en_US; session.token=abcdefghijkl.mno');

    expect(redaction.text('en_US abcdefghijkl.mno')).toBe('en_US [redacted]');
  });

  it('keeps data as it is but for the strings in it', () => {
    const redaction = new Redaction();
    redaction.learn('1000');

    expect(redaction.data({ waitMs: 10000, list: ['a 1000'], none: null })).toEqual({
      waitMs: 10000,
      list: ['a [redacted]'],
      none: null,
    });
  });

  it('reaches what a connector says of its own secret: summary, events, database', async () => {
    const token = 'canary-token-4711';
    const world = new MemoryWorld();
    world.addScope('A');
    world.add({ id: '1', title: 'One', scope: 'A' });
    const mirror = new MemoryMirror({ world });
    const definition = memoryConnector(world);
    const seen: unknown[] = [];

    const summary = await runSync({
      root: mirror.root,
      sources: [
        {
          name: 'memory',
          config: {},
          prints: { scope: '', render: '', identity: '' },
          secret: async () => token,
          definition: {
            ...definition,
            create: (_config, context) => {
              const connector = definition.create({}, context);
              return Object.assign(connector, {
                describe: () => ({ leaked: token }),
                sync: async function* () {
                  await context.secrets.get('auth.token');
                  yield {
                    type: 'failure',
                    id: '1',
                    error: { code: 'permanent', message: `refused ${token}` },
                  } as const;
                  yield { type: 'warning', code: 'w', message: token } as const;
                  throw new ConnectorError('permission', `No access with ${token}.`);
                },
              });
            },
          },
        },
      ],
      options: { observe: (event) => seen.push(event) },
      clock: mirror.clock,
    });

    const files = ['state.db'].map((name) =>
      readFileSync(join(mirror.root, '.context-sync', name), 'latin1'),
    );
    expect(
      [JSON.stringify(summary), JSON.stringify(seen), ...files].filter((text) =>
        text.includes(token),
      ),
    ).toEqual([]);
    expect(JSON.stringify(summary)).toContain('[redacted]');
    mirror.remove();
  });
});
