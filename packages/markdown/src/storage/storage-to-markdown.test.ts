import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { storageToMarkdown } from './storage-to-markdown.ts';

function convert(storage: string): string {
  return storageToMarkdown(storage, references).markdown.trimEnd();
}

describe('paragraphs and marks', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['loose <p>text</p> around', 'loose\n\ntext\n\naround'],
    ['<p>a\n   b&nbsp;&nbsp;c</p><p>&nbsp;</p><p/>', 'a b c'],
    ['<p>a<br/>b</p>', 'a\\\nb'],
    ['<p>a<br/><br/>b<br/></p>', 'a\n\nb'],
    ['<p><strong>b</strong><em>i</em><del>d</del></p>', '**b**_i_~~d~~'],
    ['<p>x<strong> b </strong>y</p>', 'x **b** y'],
    ['<p><b>a</b><strong>b</strong> <b><strong>c</strong></b></p>', '**ab** **c**'],
    ['<p>H<sub>2</sub>O, m<sup>2</sup>, <u>u</u></p>', 'H<sub>2</sub>O, m<sup>2</sup>, <u>u</u>'],
    ['<p><code>a `b` | c</code> <small>s</small></p>', '``a `b` | c`` s'],
    [
      '<p><code>f(<a href="https://x.example/">x</a>)</code></p>',
      '`f(`[`x`](https://x.example/)`)`',
    ],
    [
      '<code><ac:structured-macro ac:name="info"><ac:rich-text-body><ac:structured-macro ac:name="status">' +
        '<ac:parameter ac:name="title">A</ac:parameter></ac:structured-macro>`b</ac:rich-text-body></ac:structured-macro></code>',
      '> [!NOTE]\n> ``A`b``',
    ],
    ['<p><span style="color: red;">red</span> <font color="#fff">white</font></p>', 'red white'],
    ['<p><span style="text-decoration: line-through;">gone</span></p>', '~~gone~~'],
    ['<strong><p>a</p><p>b</p></strong>', '**a**\n\n**b**'],
    ['<p>a<ac:inline-comment-marker ac:ref="1">b</ac:inline-comment-marker>c</p>', 'abc'],
    ['<p><ac:placeholder>Say why</ac:placeholder></p>', '*Say why*'],
    ['<p>Due <time datetime="2026-11-02"/></p>', 'Due 2026-11-02'],
    ['<p><time datetime="2026-11-02">2 Nov</time></p>', '2 Nov'],
  ])('converts %s', (storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });
});

describe('blocks', () => {
  it.each([
    ['<h1>One</h1><h3>Thr<em>ee</em></h3><h2/>', '# One\n\n### Thr*ee*'],
    ['<h2>A<br/>B</h2>', '## A B'],
    ['<h2><p>A</p><p>B</p></h2>', '## A\n\nB'],
    ['<p>a</p><hr/><p>b</p>', 'a\n\n***\n\nb'],
    ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    ['<pre>if (a) {\n  b\n}</pre>', '```\nif (a) {\n  b\n}\n```'],
    ['<div><p>a</p><div>b</div></div>c', 'a\n\nb\n\nc'],
    [
      '<details><summary>S &amp; T</summary><p>x</p></details>',
      '<details>\n<summary>S &amp; T</summary>\n\nx\n\n</details>',
    ],
    [
      '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>a</p></ac:layout-cell>' +
        '<ac:layout-cell><p>b</p></ac:layout-cell></ac:layout-section></ac:layout>',
      'a\n\nb',
    ],
  ])('converts %s', (storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });
});

describe('lists', () => {
  it.each([
    ['<ul><li>a</li><li><p>b</p></li></ul>', '- a\n- b'],
    ['<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    ['<ol start="99999999999"><li>a</li></ol>', '1. a'],
    ['<ul><li>a<ul><li><ol start="7"><li>b</li></ol></li></ul></li></ul>', '- a\n\n  - 7. b'],
    ['<ul><li>a</li><li><ul><li><ul><li/></ul></li></ul></li></ul>', '- a\n-'],
    ['<ul><li>a<ol start="7"><li>b</li></ol></li></ul>', '- a\n\n  7. b'],
    [
      '<ul><li><ac:image ac:width="9"><ri:url ri:value="http://h/a.png"/></ac:image><ul><li>b</li></ul></li></ul>',
      '- <img src="http://h/a.png" alt="http://h/a.png" width="9">\n\n  - b',
    ],
    [
      '<ul><li><table><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table><ul><li>d</li></ul></li></ul>',
      '- <table>\n  <tr>\n  <td colspan="2">a</td>\n  </tr>\n  <tr>\n  <td>b</td>\n  <td>c</td>\n  </tr>\n  </table>\n\n  - d',
    ],
    ['<ul><li>a</li><li><ol start="7"><li>b</li></ol></li></ul>', '- a\n\n- 7. b'],
    ['<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>', '- a\n  - b\n    1. c'],
    ['<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
    ['<ul><ul><li>b</li></ul></ul>', '- - b'],
    ['<ul><li><p>a</p><p>b</p></li><li>c</li></ul>', '- a\n\n  b\n\n- c'],
    ['<ul>stray<li>a</li></ul>', '- stray\n- a'],
    ['<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n* b'],
    ['<ul><li/></ul><ul/>', '-'],
  ])('converts %s', (storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });

  it('converts tasks, with their lists inside and beside them', () => {
    const storage = `<ac:task-list>
      <ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>
        <ac:task-body><strong>Done</strong> by <ac:link><ri:user ri:account-id="7"/></ac:link></ac:task-body></ac:task>
      <ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body><p>Open</p></ac:task-body></ac:task>
      <ac:task-list><ac:task><ac:task-body>Inner</ac:task-body></ac:task></ac:task-list>
      <ac:task><ac:task-body/></ac:task>
    </ac:task-list>`;

    expect(convert(storage)).toBe(
      '- [x] **Done** by [](ctx:user/7)\n- [ ] Open\n  - [ ] Inner\n- [ ] &#x20;',
    );
  });
});

describe('tables', () => {
  it.each([
    [
      'a header row',
      '<table><colgroup><col/></colgroup><tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
      '| A | B |\n| - | - |\n| 1 | 2 |',
    ],
    [
      'a header column',
      '<table><tr><th>A</th><td>1</td></tr><tr><th><strong>B</strong></th><td>2</td></tr></table>',
      '| | |\n| - | - |\n| **A** | 1 |\n| **B** | 2 |',
    ],
    [
      'pipes, line breaks and paragraphs in cells',
      '<table><thead><tr><td>a|b</td></tr></thead><tr><td><p>x<br/>y</p><p>z</p></td></tr></table>',
      '| a\\|b |\n| - |\n| x<br>y<br>z |',
    ],
    [
      'rows of different lengths',
      '<table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table>',
      '| A | |\n| - | - |\n| 1 | 2 |',
    ],
    [
      'merged cells',
      '<table><tr><td colspan="2">a</td></tr><tr><td rowspan="2">b_c</td><td>[d](ctx:doc/1)</td></tr></table>',
      '<table>\n<tr>\n<td colspan="2">a</td>\n</tr>\n<tr>\n<td rowspan="2">b_c</td>\n' +
        '<td>&#91;d&#93;(ctx:doc/1)</td>\n</tr>\n</table>',
    ],
    [
      'blocks in cells',
      '<table><tr><td><ul><li>a<br/>b</li></ul><p>c <ac:link><ri:user ri:account-id="7"/></ac:link></p></td></tr></table>',
      '<table>\n<tr>\n<td><ul><li>a<br>b</li></ul><p>c <a href="ctx:user/7"></a></p></td>\n</tr>\n</table>',
    ],
    [
      'code with blank lines in cells',
      '<table><tr><td><pre>a\n\n  `b`</pre></td></tr></table>',
      '<table>\n<tr>\n<td><pre><code>a&#10;&#10;  &#96;b&#96;</code></pre></td>\n</tr>\n</table>',
    ],
    [
      'a table in a cell',
      '<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>',
      '<table>\n<tr>\n<td><table>\n<tr>\n<th></th>\n</tr>\n<tr>\n<td>a</td>\n</tr>\n</table></td>\n</tr>\n</table>',
    ],
  ])('converts %s', (_what, storage, markdown) => {
    expect(convert(storage)).toBe(markdown);
  });
});

describe('hidden and running content', () => {
  it('drops scripts, styles and what CSS hides, and counts them', () => {
    const storage =
      '<p>a<script>run()</script><span style="display: none">b</span></p><style>p {}</style>' +
      '<p style="visibility:hidden">c</p><p>sy&shy;nc&#8203;</p>';

    expect(storageToMarkdown(storage, references)).toMatchObject({
      markdown: 'a\n\nsync\n',
      lossy: [
        { construct: 'hidden text', count: 2 },
        { construct: 'invisible character', count: 2 },
        { construct: 'script', count: 1 },
        { construct: 'style', count: 1 },
      ],
    });
  });

  it('gives nothing for nothing', () => {
    expect(storageToMarkdown('', references)).toEqual({ markdown: '', fragments: {}, lossy: [] });
  });
});
