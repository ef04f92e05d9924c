import { describe, expect, it } from 'vitest';

import { convert, lostBy, macro, parameter, rich } from '../../__fixtures__/storage-macros.ts';

describe('macros that show something from elsewhere', () => {
  it.each([
    [
      'a video',
      macro('widget', parameter('url', '<ri:url ri:value="https://video.example/1"/>')),
      '<https://video.example/1>',
    ],
    ['a frame', macro('iframe', parameter('src', 'https://a.example/x')), '<https://a.example/x>'],
    [
      'a file',
      macro('view-file', parameter('name', '<ri:attachment ri:filename="a b.pdf"/>')),
      '[](ctx:att/a%20b.pdf)',
    ],
    ['a file by its name', macro('viewpdf', parameter('name', 'a.pdf')), '[](ctx:att/a.pdf)'],
    [
      'a file of another page',
      macro('viewpdf', parameter('name', 'a.pdf') + parameter('page', 'Plan')),
      '[](ctx:att/Plan%2Fa.pdf)',
    ],
    ['a person', macro('profile', parameter('user', 'ann')), '[](ctx:user/ann)'],
    [
      'a person by id',
      macro('profile', parameter('user', '<ri:user ri:account-id="7"/>')),
      '[](ctx:user/7)',
    ],
    ['an issue', macro('jira', parameter('key', 'OPS-1')), '[OPS-1](https://jira.example/OPS-1)'],
    [
      'an issue of an unknown Jira',
      macro('jira', parameter('key', 'OPS-1') + parameter('server', 'GONE')),
      '`OPS-1`',
    ],
    [
      'a query',
      macro('jira', parameter('jqlQuery', 'type = Bug')),
      '> **Macro: jira**\n>\n> - jqlQuery: type = Bug\n> - [open in Jira](https://jira.example/type%20%3D%20Bug)',
    ],
    [
      'an address that runs code',
      macro('iframe', parameter('src', 'javascript:x()')),
      '[javascript:x()](#)',
    ],
  ])('link to %s', (_what, storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });

  it.each(['widget', 'view-file', 'profile', 'jira', 'plantumlcloud', 'gliffy', 'roadmap'])(
    'stay visible when %s does not say what it shows',
    (name) => {
      expect(convert(macro(name, rich('<p>a</p>')))).toBe(`> **Macro: ${name}**\n>\n> a`);
    },
  );

  it('leave the files of this page to the end of its file', () => {
    const storage = macro('gallery', parameter('title', 'Pictures'));

    expect(convert(storage)).toBe('**Pictures**');
    expect(lostBy(storage)).toEqual(['macro gallery']);
    expect(convert(macro('attachments', parameter('page', 'Plan')))).toContain('page: Plan');
  });
});

describe('macros that hold content', () => {
  it.each([
    ['toc', ''],
    ['scroll-ignore', 'a'],
    ['localtab', '**T**\n\na'],
    ['chart', '**T**\n\na'],
    ['german', '**German**\n\na'],
    ['norwegian-nb', '**Norwegian (Bokmål)**\n\na'],
  ])('keep it: %s', (name, markdown) => {
    const body = name === 'toc' ? '' : rich('<p>a</p>');

    expect(convert(macro(name, parameter('title', 'T') + body))).toBe(markdown);
  });

  it('number steps', () => {
    const step = macro('ui-step', rich('<p>a</p><ul><li>b</li></ul>'));

    expect(convert(macro('ui-steps', rich(`${step}<p>c</p>${step}`)))).toBe(
      '1. a\n   - b\n2. c\n3. a\n   - b',
    );
  });

  it('keep where a click leads', () => {
    const storage = macro(
      'clickable',
      parameter('link', '<ac:link><ri:page ri:content-title="P"/></ac:link>') + rich('<p>a</p>'),
    );

    expect(convert(storage)).toBe('a\n\n[](ctx:name/HOME%3AP)');
  });

  it.each([
    ['Success', 'TIP'],
    ['Info', 'NOTE'],
    ['Warning', 'WARNING'],
    ['Error', 'CAUTION'],
  ])('show an alert of type %s as %s', (type, kind) => {
    expect(convert(macro('alert', parameter('type', type) + rich('<p>a</p>')))).toBe(
      `> [!${kind}]\n> a`,
    );
  });

  it('list the lanes and bars of a roadmap', () => {
    const plan = {
      title: 'Year',
      lanes: [
        {
          title: 'Team *A*',
          bars: [{ title: 'Go', description: 'far', startDate: '2015-07-30 11:10:05' }, 7],
        },
        null,
      ],
      markers: [{ title: 'Due', markerDate: '2015-08-01 00:00:00' }],
    };
    const source = encodeURIComponent(JSON.stringify(plan));

    expect(convert(macro('roadmap', parameter('source', source)))).toBe(
      '**Year**\n\n- Team \\*A\\*\n  - Go · 2015-07-30 · far\n- Due · 2015-08-01',
    );
  });
});
