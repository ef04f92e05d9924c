import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { wikiToMarkdown } from './wiki-to-markdown.ts';

function convert(wiki: string): string {
  return wikiToMarkdown(wiki, references).markdown.trimEnd();
}

describe('blocks', () => {
  it.each([
    ['a heading', 'h2. a *b*', '## a **b**'],
    ['a heading of an anchor', 'h1. {anchor:x}a', '# <a id="x"></a>a'],
    ['no heading', 'h7. a', 'h7. a'],
    ['lines', 'a\nb\n\nc', 'a\\\nb\n\nc'],
    ['Windows lines', 'a\r\n\r\nb', 'a\n\nb'],
    ['a forced line break', 'a\\\\b', 'a\\\nb'],
    ['a rule', '----', '***'],
    ['a quote of a line', 'bq. a', '> a'],
    ['lists', '* a\n** b\n*# c\n* d', '- a\n  - b\n  1. c\n- d'],
    ['a list with dashes', '- a\n- b', '- a\n- b'],
    ['a list of numbers', '# a\n## b\n# c', '1. a\n   1. b\n2. c'],
    ['a line that goes on', '* a\nb\n* c', '- a\\\n  b\n- c'],
    ['a level left out', '* a\n*** b', '- a\n  - b'],
    ['code in an item', '# a\n{code}x{code}\n# b', '1. a\n\n   ```\n   x\n   ```\n\n2. b'],
    ['a table', '||h||i||\n|a|b|', '| h | i |\n| - | - |\n| a | b |'],
    ['a header column', '||h|a|', '| | |\n| - | - |\n| **h** | a |'],
    ['a bar in a link', '||h||\n|[a|http://b.c]|', '| h |\n| - |\n| [a](http://b.c/) |'],
    [
      'an image in a cell',
      '||h||\n|!a.png|width=300!|',
      '| h |\n| - |\n| ![a.png](ctx:att/a.png) |',
    ],
    ['a bar in code', '||h||\n|{{a|b}}|', '| h |\n| - |\n| `a\\|b` |'],
    ['an escaped bar', '||h||\n|a\\|b|', '| h |\n| - |\n| a\\|b |'],
    ['a macro in a cell', '||h||\n|{color:red}a{color} {status:b}|', '| h |\n| - |\n| a `b` |'],
    [
      'a link of colour in a cell',
      '||h||\n|[{color:red}a{color}|#x]|',
      '| h |\n| - |\n| [a](#x) |',
    ],
    [
      'code in a cell',
      '||h||\n|{code}a{code}|',
      '<table>\n<tr>\n<th>h</th>\n</tr>\n<tr>\n<td><pre><code>a</code></pre></td>\n</tr>\n</table>',
    ],
    ['a panel in an item', '* a\n{panel}b{panel}\n** c', '- a\n\n  > [!NOTE]\n  > b\n\n  - c'],
    ['colour in items', '* {color:red}a{color}\n** {color:red}b{color} c', '- a\n  - b c'],
    [
      'a quote in a list of numbers',
      '# a\n## b\n{quote}c{quote}\n# d',
      '1. a\n   1. b\n\n      > c\n2. d',
    ],
    ['a cell of lines', '||h||\n|a\nb|', '| h |\n| - |\n| a<br>b |'],
  ])('reads %s', (_, wiki, expected) => {
    expect(convert(wiki)).toBe(expected);
  });
});

describe('macros', () => {
  it.each([
    ['code', '{code:java|title=A}\nint a;\n{code}', '**A**\n\n```java\nint a;\n```'],
    ['code that looks like markup', '{code}*a* {quote}{code}', '```\n*a* {quote}\n```'],
    ['noformat', '{noformat}*a*{noformat}', '```\n*a*\n```'],
    ['quote', '{quote}a\n\nb{quote}', '> a\n>\n> b'],
    ['panel', '{panel:title=T|bgColor=red}a{panel}', '> [!NOTE]\n> **T**\n>\n> a'],
    ['warning', '{warning}a{warning}', '> [!CAUTION]\n> a'],
    ['color', 'a {color:red}b *c*{color} d', 'a b **c** d'],
    ['color around blocks', '{color:red}\n* a\n{color}', '- a'],
    ['expand', '{expand:T}a{expand}', '<details>\n<summary>T</summary>\n\na\n\n</details>'],
    ['status', '{status:colour=Green|title=OK}', '`OK`'],
    ['toc', '{toc}a', 'a'],
    ['one that is not closed', '{quote}a', '{quote}a'],
    ['one that is not known', '{foo:a}b{foo}', '{foo:a}b{foo}'],
    ['one that is escaped', '\\{quote}a', '{quote}a'],
    ['macros in the wrong order', '{color:red}{panel}a{color}', '{panel}a'],
    ['a name in braces', '{constructor} {toString}', '{constructor} {toString}'],
  ])('reads %s', (_, wiki, expected) => {
    expect(convert(wiki)).toBe(expected);
  });

  it('counts colour as lost', () => {
    const { lossy } = wikiToMarkdown('{color:red}a{color}', references);

    expect(lossy).toEqual([{ construct: 'colour', count: 1 }]);
  });
});

describe('text', () => {
  it.each([
    [
      'marks',
      '*a* _b_ -c- +d+ ^e^ ~f~ ??g??',
      '**a** *b* ~~c~~ <u>d</u> <sup>e</sup> <sub>f</sub> *g*',
    ],
    ['marks around marks', '*a _b_*', '**a _b_**'],
    ['marks around colour', '*{color:red}a{color}*', '**a**'],
    ['marks within a word', 'H{~}2{~}O', 'H<sub>2</sub>O'],
    ['no marks within a word', 'a*b*c snake_case_x 1-2-3', 'a\\*b\\*c snake_case_x 1-2-3'],
    ['no marks over lines', '*a\nb*', '\\*a\\\nb\\*'],
    ['code', 'a {{b_c_}} d', 'a `b_c_` d'],
    ['macros in code', '{{{quote}}}', '`{quote`}'],
    ['escapes', '\\*a\\* \\[b]', '\\*a\\* \\[b]'],
    ['dashes', 'a -- b --- c a--b', 'a – b — c a--b'],
    ['entities', 'a&nbsp;&lt;b', 'a \\<b'],
    ['emoticons', ':) (x) d:D f(x)', '🙂 ❌ d:D f(x)'],
    ['an address', 'see http://a.b/c_d_e.', 'see <http://a.b/c_d_e>.'],
    ['a word on a page', 'constructor', 'constructor'],
  ])('reads %s', (_, wiki, expected) => {
    expect(convert(wiki)).toBe(expected);
  });
});

describe('links and images', () => {
  it.each([
    ['an address', '[http://a.b/]', '<http://a.b/>'],
    ['a text', '[a *b*|http://c.d|tip]', '[a **b**](http://c.d/)'],
    ['a text in colour', 'x [{color:red}a{color} b|http://c.d] y', 'x [a b](http://c.d/) y'],
    ['two of them', '[{color:red}a{color}|#x][{status:b}|#y]', '[a](#x)[`b`](#y)'],
    ['no link of colour alone', '[{color:red}a{color}]', '\\[a]'],
    ['no link over a block', '[{code}a{code}|#x]', '\\[\n\n```\na\n```\n\n|#x]'],
    ['mail', '[mailto:a@b.c]', '<a@b.c>'],
    ['a place', '[#x] [y|#x]', '[x](#x) [y](#x)'],
    ['a file', '[^a.txt]', '[](ctx:att/a.txt)'],
    ['a person', '[~ada]', '[](ctx:user/ada)'],
    ['a person with a name', '[Ada|~accountid:7:x]', '[Ada](ctx:user/7%3Ax)'],
    ['a page', '[a|ENG:Plan A#x]', '[a](ctx:name/ENG%3APlan%20A#x)'],
    ['a path', '[a|/b]', '[a](https://wiki.example/b)'],
    [
      'an image that is a link',
      '[!a.png|width=300!|http://c.d]',
      '[![a.png](ctx:att/a.png)](http://c.d/)',
    ],
    ['an image', '!a b.png|alt=x!', '![x](ctx:att/a%20b.png)'],
    ['an image of the web', '!http://a.b/c.png|alt=x!', '![x](http://a.b/c.png)'],
    ['exclamations', 'Hello! World! no!', 'Hello! World! no!'],
    ['text in brackets', '[a] [b|c] []', '\\[a] \\[b|c] \\[]'],
    ['what would run', '[a|javascript:b]', '\\[a|javascript:b]'],
  ])('reads %s', (_, wiki, expected) => {
    expect(convert(wiki)).toBe(expected);
  });
});
