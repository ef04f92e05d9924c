import fc from 'fast-check';

/** Texts that a converter without escaping would turn into something else. */
export const trickyTexts = String.raw`
# no heading
- no item
1. no item
+ plus
> no quote
~~~
    indented
*not* _emphasis_ **strong**
snake_case_name
__init__
2 * 3 * 4
~~kept~~
[text](ctx:doc/1)
[](ctx:user/1)
![alt](ctx:att/1)
[x]: y
[^1]: note
[^1]
<https://example.com>
<ctx:doc/1>
https://example.com/a?b=1&c=2*
www.example.com/_x_
a@example.com
<1@example.com>
<b>bold</b>
<!-- c -->
&amp; &copy; &#35;
\*
\
---
===
***
| a | b |
|-|-|
a|b
- [ ] task
[!NOTE]
$x$
:smile:
!
</td></table>
<details>
href="ctx:doc/1"
שלום
日本語
👩‍👩‍👧
½ ¶ €`
  .split('\n')
  .slice(1)
  .concat('`code`', '```', 'e\u0301');

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...trickyTexts) },
  { weight: 3, arbitrary: fc.constantFrom('word', 'two words', ' lead', 'trail ', '.', 'Ä') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

const escaped = text.map(escapeXml);

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function cdata(value: string): string {
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

const attribute = fc.oneof(fc.constantFrom('Plan A', 'x.png', 'ENG'), text).map(escapeXml);

const leaf = fc.oneof(
  { weight: 6, arbitrary: escaped },
  { weight: 1, arbitrary: text.map(cdata) },
  { weight: 1, arbitrary: fc.constantFrom('<br/>', ' ', '\n', '&nbsp;', '<hr/>', '<p/>', '<ul/>') },
  {
    weight: 1,
    arbitrary: fc.oneof(
      attribute.map((title) => `<ac:link><ri:page ri:content-title="${title}"/></ac:link>`),
      attribute.map((id) => `<ac:link><ri:user ri:account-id="${id}"/></ac:link>`),
      attribute.map((file) => `<ac:image><ri:attachment ri:filename="${file}"/></ac:image>`),
      attribute.map((key) => `<ac:link><ri:shortcut ri:key="${key}" ri:parameter="7"/></ac:link>`),
      fc.constant('<ac:emoticon ac:name="tick"/>'),
      fc.constant('<time datetime="2026-11-02"/>'),
      text.map((code) => macro('code', `<ac:plain-text-body>${cdata(code)}</ac:plain-text-body>`)),
      attribute.map((title) => macro('status', parameter('title', title))),
      attribute.map((value) => macro('jira', parameter('jqlQuery', value))),
    ),
  },
);

function macro(name: string, content: string): string {
  return `<ac:structured-macro ac:name="${name}">${content}</ac:structured-macro>`;
}

function parameter(name: string, value: string): string {
  return `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
}

function rich(name: string): (content: string) => string {
  return (content) =>
    macro(name, `${parameter('title', 'T')}<ac:rich-text-body>${content}</ac:rich-text-body>`);
}

function wrapIn(name: string, attributes = ''): (content: string) => string {
  return (content) => `<${name}${attributes}>${content}</${name}>`;
}

const inlineTags = 'strong em b i del s code sub sup u span small'.split(' ');
const blockTags =
  'p p p h1 h3 h6 blockquote pre div ul ol li table tr td th ac:layout ac:layout-cell'.split(' ');

const wrappers = [
  ...[...inlineTags, ...blockTags].map((name) => wrapIn(name)),
  ...['info', 'warning', 'panel', 'expand', 'excerpt', 'details', 'unheard-of'].map(rich),
  wrapIn('ol', ' start="7"'),
  wrapIn('a', ' href="https://example.com/?a=1&amp;b=(2)"'),
  wrapIn('a', ' href="#place"'),
  (content: string): string => `<ul><li>${content}</li><li><p>${content}</p></li></ul>`,
  (content: string): string =>
    `<table><tr><th>${content}</th><th>h</th></tr><tr><td>${content}</td><td>d</td></tr></table>`,
  (content: string): string => `<table><tr><td colspan="2">${content}</td></tr></table>`,
  (content: string): string =>
    `<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status>` +
    `<ac:task-body>${content}</ac:task-body></ac:task></ac:task-list>`,
  (content: string): string =>
    `<ac:link ac:anchor="a b"><ri:page ri:content-title="P"/><ac:link-body>${content}</ac:link-body></ac:link>`,
];

/** Bodies in the storage format: well formed, but nested as no editor would. */
export const storageTrees: fc.Arbitrary<string> = fc.letrec<{ node: string; nodes: string }>(
  (tie) => ({
    node: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.tuple(fc.constantFrom(...wrappers), tie('nodes')).map(([wrap, content]) => wrap(content)),
    ),
    nodes: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
  }),
).nodes;

/** Pieces of markup in an order that makes no sense. */
export const brokenMarkup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      text,
      fc.constantFrom(
        '<p>',
        '</p>',
        '<',
        '>',
        '&',
        '<a href="',
        '"',
        "'",
        '<![CDATA[',
        ']]>',
        '<!--',
      ),
      fc.constantFrom(
        '-->',
        '</',
        '<td>',
        '<table>',
        '<ac:macro ac:name="',
        '/>',
        '<?',
        '<!',
        '<3',
      ),
      fc.constantFrom('<ul>', '<li>', '</ul>', '<strong>', '</em>', '<ac:link>', '&nbsp;', '&#x0;'),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));
