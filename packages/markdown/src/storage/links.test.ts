import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

function convert(storage: string): string {
  return storageToMarkdown(storage, references).markdown.trimEnd();
}

function link(resource: string, body = '', attributes = ''): string {
  return `<p><ac:link${attributes}>${resource}${body}</ac:link></p>`;
}

const page = '<ri:page ri:space-key="ENG" ri:content-title="Plan A"/>';

describe('ac:link', () => {
  it.each([
    ['a page', link(page), '[](ctx:name/ENG%3APlan%20A)'],
    [
      'a page of the same space with plain text',
      link(
        '<ri:page ri:content-title="P"/>',
        '<ac:plain-text-link-body><![CDATA[a <b>]]></ac:plain-text-link-body>',
      ),
      '[a \\<b>](ctx:name/HOME%3AP)',
    ],
    [
      'a page with formatted text and an anchor',
      link(page, '<ac:link-body>the <em>plan</em></ac:link-body>', ' ac:anchor="Goals"'),
      '[the *plan*](ctx:name/ENG%3APlan%20A#Goals)',
    ],
    [
      'a blog post',
      link('<ri:blog-post ri:content-title="News" ri:posting-day="2026/11/02"/>'),
      '[](ctx:name/HOME%3ANews)',
    ],
    [
      'an attachment',
      link('<ri:attachment ri:filename="a (1).pdf"/>'),
      '[](ctx:att/a%20%281%29.pdf)',
    ],
    [
      'an attachment of another page',
      link('<ri:attachment ri:filename="a.pdf"><ri:page ri:content-title="P"/></ri:attachment>'),
      '[](ctx:att/P%2Fa.pdf)',
    ],
    [
      'an attachment of a page by id',
      link('<ri:attachment ri:filename="a"><ri:content-entity ri:content-id="9"/></ri:attachment>'),
      '[](ctx:att/9%2Fa)',
    ],
    ['a person by account id', link('<ri:user ri:account-id="5b:7"/>'), '[](ctx:user/5b%3A7)'],
    ['a person by key', link('<ri:user ri:userkey="ff80"/>'), '[](ctx:user/ff80)'],
    ['a person without an account', link('<ri:user/>'), '@unknown'],
    ['a space', link('<ri:space ri:space-key="ENG"/>'), '[ENG](https://wiki.example/spaces/ENG)'],
    ['a space that is not known', link('<ri:space ri:space-key="GONE"/>'), 'GONE'],
    ['content by id', link('<ri:content-entity ri:content-id="9"/>'), '[](ctx:doc/9)'],
    ['a shortcut', link('<ri:shortcut ri:key="jira" ri:parameter="A-1"/>'), 'A-1@jira'],
    ['a place on this page', link('', '', ' ac:anchor="My place"'), '[My place](#My%20place)'],
    ['nothing', link('', '<ac:link-body>text</ac:link-body>'), 'text'],
  ])('converts a link to %s', (_what, storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });

  it('counts a shortcut, whose address only the site knows', () => {
    const { lossy } = storageToMarkdown(link('<ri:shortcut ri:key="a"/>'), references);

    expect(lossy).toEqual([{ construct: 'shortcut', count: 1 }]);
  });

  it('keeps an image as the text of a link', () => {
    const image = '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>';

    expect(convert(link(page, `<ac:link-body>${image}</ac:link-body>`))).toBe(
      '[![a.png](ctx:att/a.png)](ctx:name/ENG%3APlan%20A)',
    );
  });
});

describe('a', () => {
  it.each([
    ['<a href="https://x.example/?a=1&amp;b=2">x</a>', '[x](https://x.example/?a=1\\&b=2)'],
    ['<a href="https://x.example/">https://x.example/</a>', '<https://x.example/>'],
    ['<a href="/wiki/x/AbC">tiny</a>', '[tiny](https://wiki.example/wiki/x/AbC)'],
    ['<a href="https://x.example/"></a>', '<https://x.example/>'],
    ['<a href="https://x.example/a b(c">x</a>', '[x](https://x.example/a%20b\\(c)'],
    ['<a href="#Goals">x</a>', '[x](#Goals)'],
    ['<a name="here"/>x', '<a id="here"></a>x'],
    [
      '<a href="https://x.example/">a <a href="https://y.example/">b</a></a>',
      '[a b](https://x.example/)',
    ],
    ['see https://x.example/a_b?c=1&amp;d=2*.', 'see <https://x.example/a_b?c=1&d=2>\\*.'],
    [
      '(http://x.example/a_(b)) www.x.example',
      '(<http://x.example/a_(b)>) [www.x.example](http://www.x.example)',
    ],
  ])('converts %s', (storage, markdown) => {
    expect(convert(`<p>${storage}</p>`)).toBe(markdown);
  });

  it('links each paragraph that a link was put around', () => {
    expect(convert('<a href="https://x.example/"><p>a</p><p>b</p></a>')).toBe(
      '[a](https://x.example/)\n\n[b](https://x.example/)',
    );
  });
});

describe('a card', () => {
  it('shows the present title of a card', () => {
    const known = { ...references, url: (href: string) => `ctx:doc/${href.length}` };
    const card = (text: string): string =>
      storageToMarkdown(`<a href="/x" data-card-appearance="inline">${text}</a>`, known).markdown;

    expect(card('/x')).toBe('[](ctx:doc/2)\n');
    expect(card('Words')).toBe('[Words](ctx:doc/2)\n');
  });
});

describe('images and emoticons', () => {
  it.each([
    [
      '<ac:image><ri:attachment ri:filename="a b.png"/></ac:image>',
      '![a b.png](ctx:att/a%20b.png)',
    ],
    [
      '<ac:image ac:alt="The [plan]" ac:title="A &quot;title&quot;"><ri:url ri:value="https://x.example/a.png"/></ac:image>',
      '![The \\[plan\\]](https://x.example/a.png "A \\"title\\"")',
    ],
    [
      '<ac:image ac:alt="a" ac:width="200"><ri:attachment ri:filename="a"/><ac:caption><p>Figure <strong>1</strong></p></ac:caption></ac:image>',
      '![a](ctx:att/a)\\\n*Figure __1__*',
    ],
    [
      '<p>a <ac:image ac:alt="b|c" ac:width="24"><ri:attachment ri:filename="a"/></ac:image></p>',
      'a <img src="ctx:att/a" alt="b&#124;c" width="24">',
    ],
    [
      '<table><tr><th>h</th></tr><tr><td><img src="/x.png" alt="b|c" width="50px"/></td></tr></table>',
      '| h |\n| - |\n| <img src="https://wiki.example/x.png" alt="b&#124;c" width="50"> |',
    ],
    ['<img src="/x.png" alt="x" width="50%"/>', '![x](https://wiki.example/x.png)'],
    ['<img src="/x.png" alt="x"/>', '![x](https://wiki.example/x.png)'],
    ['<img src="data:image/png;base64,AAAA" alt="x"/>', 'x'],
    ['<ac:emoticon ac:name="tick"/>', '✅'],
    ['<ac:emoticon ac:name="blue-star" ac:emoji-fallback="😜" ac:emoji-id="1f61c"/>', '😜'],
    ['<ac:emoticon ac:name="x" ac:emoji-id="1f1e9-1f1ea" ac:emoji-fallback=":de:"/>', '🇩🇪'],
    ['<ac:emoticon ac:name="blue-star" ac:emoji-fallback=":party:" ac:emoji-id="u-1"/>', ':party:'],
    ['<ac:hipchat-emoticon ac:shortcut="sadpanda"/>', 'sadpanda'],
  ])('converts %s', (storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });

  it('counts the sizes that it does not keep', () => {
    const image = (size: string): string =>
      `<ac:image ${size}><ri:attachment ri:filename="a"/></ac:image>`;
    const sizes = ['ac:width="24"', 'ac:width="760"', 'ac:height="9"', 'ac:width="0"'];

    expect(storageToMarkdown(sizes.map(image).join(''), references).lossy).toEqual([
      { construct: 'image size', count: 3 },
    ]);
  });

  it('sets images with a layout apart', () => {
    const image = (name: string): string =>
      `<ac:image ac:layout="center"><ri:attachment ri:filename="${name}"/></ac:image>`;

    expect(convert(`${image('a')}${image('b')}`)).toBe('![a](ctx:att/a)\n\n![b](ctx:att/b)');
  });
});
