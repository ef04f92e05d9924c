import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

function convert(html: string): string {
  return htmlToMarkdown(html, references).markdown.trimEnd();
}

function lost(html: string): string[] {
  return htmlToMarkdown(html, references).lossy.map(({ construct }) => construct);
}

describe('HTML as browsers read it', () => {
  it.each([
    ['void elements', 'a<br>b<hr>c<img src="/i.png" alt=I>', 'a\\\nb'],
    ['end tags left out', '<ul><li>a<li>b</ul><p>c<p>d', '- a\n- b\n\nc\n\nd'],
    ['cells left open', '<table><tr><th>a<th>b<tr><td>c<td>d</table>', '| a | b |'],
    ['any case', '<P>a <STRONG>b</STRONG></P>', 'a **b**'],
    ['a whole document', '<!doctype html><html><head><title>T</title></head><body>b', 'b'],
    ['quotes', '<q>a</q>', '“a”'],
    ['what only looks like a tag', 'a < b && c', 'a < b && c'],
    ['a film', '<video src="/a.mp4">old browser</video>', 'https://wiki.example/a.mp4'],
    ['an image that loads later', '<img src="data:x" data-src="/a.png" alt="a">', '![a]'],
    ['an empty link', 'a<a href="#b"></a>', 'a'],
    ['a sign behind a heading', '<h2>a<a class="headerlink" href="#a">¶</a></h2>', '## a'],
    ['a figure', '<figure><img src="/a.png"><figcaption>c</figcaption></figure>', '*c*'],
    ['an unlisted box', '<input type="checkbox" checked> a', '☑ a'],
  ])('reads %s', (_, html, expected) => {
    expect(convert(html)).toContain(expected);
  });

  it.each([
    ['script', 'a<script>b</script>', 'script'],
    ['style', 'a<style>b</style>', 'style'],
    ['hidden', 'a<p hidden>b</p>', 'hidden text'],
    ['CSS', 'a<p style="display:none">b</p>', 'hidden text'],
    ['template', 'a<template>b</template>', 'hidden text'],
    ['a zero-width space', 'a\u200b', 'invisible character'],
  ])('drops and counts what nobody sees: %s', (_, html, construct) => {
    expect(convert(html)).toBe('a');
    expect(lost(html)).toEqual([construct]);
  });

  it('shows what is hidden only until it is found', () => {
    expect(convert('<p hidden="until-found">a</p>')).toBe('a');
  });
});

describe('what Confluence renders of a macro', () => {
  it.each([
    ['information', 'NOTE'],
    ['note', 'WARNING'],
    ['tip', 'TIP'],
    ['warning', 'CAUTION'],
  ])('makes an alert of %s', (kind, alert) => {
    const html = `<div class="confluence-information-macro confluence-information-macro-${kind}"><p class="title">T</p><span class="aui-icon"></span><div class="confluence-information-macro-body"><p>b</p></div></div>`;

    expect(convert(html)).toBe(`> [!${alert}]\n> **T**\n>\n> b`);
  });

  it.each([
    [
      'panel',
      '<div class="panel"><div class="panelHeader"><b>T</b></div><div class="panelContent"><p>b</p></div></div>',
      '> [!NOTE]\n> **T**\n>\n> b',
    ],
    [
      'old note',
      '<table class="noteMacro"><tr><td><img src="/i.gif"></td><td>b</td></tr></table>',
      '> [!WARNING]\n> b',
    ],
    [
      'code',
      '<div class="code panel"><div class="codeHeader panelHeader"><b>T</b></div><div class="codeContent panelContent"><pre class="syntaxhighlighter-pre" data-syntaxhighlighter-params="brush: java; gutter: false">a &lt; b</pre></div></div>',
      '**T**\n\n```java\na < b\n```',
    ],
    ['code of others', '<pre><code class="language-ts">a\nb</code></pre>', '```ts\na\nb\n```'],
    ['a diagram', '<pre>@startuml\nA</pre>', '```plantuml\n@startuml\nA\n```'],
    [
      'expand',
      '<div class="expand-container"><div class="expand-control"><span class="expand-control-text">T</span></div><div class="expand-content"><p>b</p></div></div>',
      '<details>\n<summary>T</summary>\n\nb\n\n</details>',
    ],
    [
      'tasks',
      '<ul class="inline-task-list"><li class="checked" data-inline-task-id="1">a</li><li>b</li></ul>',
      '- [x] a\n- [ ] b',
    ],
    [
      'tasks of GitHub',
      '<ul><li><input type="checkbox" checked> a</li><li><p><input type="checkbox"> b</p></li></ul>',
      '- [x] a\n- [ ] b',
    ],
    ['status', '<span class="status-macro aui-lozenge aui-lozenge-success">OK</span>', '`OK`'],
    [
      'a person',
      '<a class="confluence-userlink user-mention" data-account-id="7" href="/p/7">Ada</a>',
      '[Ada](ctx:user/7)',
    ],
    [
      'an emoticon',
      '<img class="emoticon emoticon-tick" data-emoticon-name="tick" src="/t.png" alt="(tick)">',
      '✅',
    ],
    [
      'an issue',
      '<span class="jira-issue"><a href="https://j.example/A-1" class="jira-issue-key"><img class="icon" src="/i.png">A-1</a> - <span class="summary">s</span></span>',
      '[A-1](https://j.example/A-1) - s',
    ],
    ['a table of contents', '<div class="toc-macro"><ul><li>a</li></ul></div>b', 'b'],
    [
      'an image',
      '<img class="confluence-embedded-image" src="/thumb.png" data-image-src="/full.png" data-linked-resource-default-alias="a.png">',
      '![a.png](https://wiki.example/full.png)',
    ],
  ])('makes of %s what storage gives', (_, html, expected) => {
    expect(convert(html)).toBe(expected);
  });

  it('keeps text beside the code in a frame', () => {
    const html = '<div class="code panel"><pre>a</pre> beside</div>';

    expect(convert(html)).toBe('```\na\n```\n\nbeside');
  });

  it('reads page properties', () => {
    const html = `<div data-macro-name="details"><table><tr><th>Owner</th><td>Ada</td></tr></table></div>`;

    expect(htmlToMarkdown(html, references).metadata).toEqual({ properties: { Owner: 'Ada' } });
  });
});
