import { expect, it } from 'vitest';

import { markdownToHtml } from './markdown-to-html.ts';

it.each([
  [
    'marks',
    'a *b* **c** ~~d~~ `e<f`',
    '<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e&#x3C;f</code></p>\n',
  ],
  ['text that looks like HTML', 'a \\<b> &lt;script&gt;', '<p>a &#x3C;b> &#x3C;script></p>\n'],
  [
    'headings with their places',
    '# Run it\n\n## Run `it`!\n\n# Über uns',
    '<h1 id="run-it">Run it</h1>\n<h2 id="run-it-1">Run <code>it</code>!</h2>\n<h1 id="über-uns">Über uns</h1>\n',
  ],
  ['places of our own', '<a id="p 1"></a>x', '<p><a id="p 1"></a>x</p>\n'],
  ['HTML that Markdown has no mark for', '<u>a</u><sub>b</sub>', '<p><u>a</u><sub>b</sub></p>\n'],
  [
    'a table',
    '| a | b |\n| --- | :-: |\n| c<br>d | e |',
    '<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c<br>d</td>\n<td>e</td>\n</tr>\n</tbody>\n</table>\n',
  ],
  [
    'a table of HTML',
    '<table>\n<tr>\n<td colspan="2"><p>a</p><ul><li>b</li></ul></td>\n</tr>\n</table>',
    '<table>\n<tbody><tr>\n<td colspan="2"><p>a</p><ul><li>b</li></ul></td>\n</tr>\n</tbody></table>',
  ],
  [
    'a folded part with Markdown in it',
    '<details>\n<summary>a</summary>\n\n- b\n\n</details>',
    '<details>\n<summary>a</summary>\n<ul>\n<li>b</li>\n</ul>\n</details>',
  ],
  [
    'tasks, and brackets that are none',
    '- [x] a\n- [ ] b\n- \\[x] c\n- [x]d',
    '<ul>\n<li><input type="checkbox" disabled checked> a</li>\n<li><input type="checkbox" disabled> b</li>\n<li>[x] c</li>\n<li>[x]d</li>\n</ul>\n',
  ],
  [
    'an alert',
    '> [!NOTE]\n> a\n>\n> b',
    '<blockquote class="alert-note">\n<p><strong>Note</strong><br>a</p>\n<p>b</p>\n</blockquote>\n',
  ],
  [
    'an alert around a list',
    '> [!CAUTION]\n>\n> - a',
    '<blockquote class="alert-caution">\n<p><strong>Caution</strong></p>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n',
  ],
  [
    'a quote that is no alert',
    '> \\[!NOTE]\n> a',
    '<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>\n',
  ],
  ['code', '```js\na<b\n```', '<pre><code class="language-js">a&#x3C;b\n</code></pre>\n'],
  [
    'links within the mirror, as they are written',
    '[a](../b/ü%20c.html#d) ![e](f.assets/g.png) <https://x.example/ä>',
    '<p><a href="../b/ü%20c.html#d">a</a> <img src="f.assets/g.png" alt="e"> <a href="https://x.example/ä">https://x.example/ä</a></p>\n',
  ],
])('writes %s', (_, markdown, html) => {
  expect(markdownToHtml(markdown)).toBe(html);
});

it.each([
  ['a script', 'a <script>alert(1)</script> b', '<p>a  b</p>\n'],
  ['a script as a block', '<script>\nalert(1)\n</script>', ''],
  ['a handler', '<b onclick="a()" style="color:red">a</b>', '<p><b>a</b></p>\n'],
  [
    'an address that runs',
    '[a](javascript:a) [b](<data:text/html,x>)',
    '<p><a>a</a> <a>b</a></p>\n',
  ],
  ['one that hides what it is', '[a](&#106;avascript&colon;a)', '<p><a>a</a></p>\n'],
  ['a frame', '<iframe src="https://x.example"></iframe>a', 'a'],
  ['a form', '<form action="https://x.example">a<button>b</button></form>', 'ab'],
  ['a style', '<style>p{}</style>', ''],
  ['another base', '<base href="https://x.example"><meta http-equiv="refresh">', ''],
  ['a drawing', '<svg><script>a</script><a href="javascript:b">c</a></svg>', '<p><a>c</a></p>\n'],
  [
    'an image from elsewhere',
    '![a](https://x.example/b.png)',
    '<p><a href="https://x.example/b.png">a</a></p>\n',
  ],
  [
    'one without words, of the same scheme',
    '![](//x.example/b)',
    '<p><a href="//x.example/b">//x.example/b</a></p>\n',
  ],
  [
    'its variants',
    '<picture><source srcset="https://x.example/b 2x"><img src="c.png"></picture>',
    '<p><img src="c.png"></p>\n',
  ],
  ['image data', '![a](data:image/svg+xml,x)', '<p><img alt="a"></p>\n'],
])('keeps out %s', (_, markdown, html) => {
  expect(markdownToHtml(markdown)).toBe(html);
});

it.each([
  ['quotes', (count: number) => `${'> '.repeat(count)}x`],
  ['lists', (count: number) => `${'- '.repeat(count)}x`],
  ['brackets', (count: number) => '['.repeat(count)],
  ['marks', (count: number) => '**a_'.repeat(count)],
  ['elements', (count: number) => '<b>\n\n'.repeat(count)],
  ['tables', (count: number) => '<table><td>'.repeat(count)],
])('shows what is nested too deep as it is written: %s', (_, make) => {
  const html = markdownToHtml(make(10_000) + ' the end');

  expect(html).toMatch(/the end/);
});

it('reads a page of very many paragraphs as any other', () => {
  const html = markdownToHtml('a\n\n'.repeat(70_000));

  expect(html.slice(0, 18)).toBe('<p>a</p>\n<p>a</p>\n');
});

it('shows what is too long as it is written', () => {
  expect(markdownToHtml(`*a* ${'b'.repeat(1_000_000)}`).slice(0, 9)).toBe('<pre>*a* ');
});
