import { ada } from './people.ts';
import type { SamplePage } from './sample-page.ts';
import { code, h, macro, mention, ol, p, table, ul } from './storage-format.ts';

const emptyParagraph = '<p />';

const text = [
  h(1, 'Text'),
  '<p>Plain, <strong>strong</strong>, <em>emphasised</em>, <strong><em>both</em></strong>, <u>underlined</u>, <del>struck</del>, <code>code</code>, H<sub>2</sub>O, x<sup>2</sup>, <span style="color: rgb(7,71,166);">blue</span>, <small>small</small>.</p>',
  '<p>A line<br />and another. Characters that mean something: * _ ` # | [x] &lt;b&gt; &amp;amp; \\ ~ $ 1. - + !</p>',
  '<p style="text-align: center;">In the middle</p><p style="margin-left: 30.0px;">Indented&nbsp;&mdash; with an entity</p>',
  emptyParagraph,
  '<pre>kept   as\n  it is</pre><blockquote><p>quoted</p><ul><li><p>with a list</p></li></ul></blockquote><hr />',
];

const lists = [
  h(2, 'Lists'),
  ul('one', `<p>two</p>${ol('first', `<p>second</p>${ul('deep')}`)}`, 'three'),
  '<ol start="7"><li><p>seven</p></li><li><p>eight</p><p>still eight</p></li></ol>',
];

const links = [
  h(2, 'Links'),
  '<p><ac:link><ri:page ri:content-title="Glossary" /><ac:plain-text-link-body><![CDATA[a <plain> text]]></ac:plain-text-link-body></ac:link></p>',
  '<p><ac:link ac:card-appearance="inline"><ri:page ri:content-title="Handbook" ri:version-at-save="1" /><ac:link-body>Handbook</ac:link-body></ac:link></p>',
  '<p><ac:link><ri:blog-post ri:space-key="OPS" ri:content-title="A million rides" ri:posting-day="2026/01/27" /></ac:link></p>',
  '<p><ac:link ac:anchor="Lists" /> · <ac:link><ri:space ri:space-key="OPS" /></ac:link> · <ac:link><ri:page ri:content-title="Nobody wrote this" /></ac:link></p>',
  '<p><ac:link><ri:attachment ri:filename="a b (1).pdf"><ri:page ri:content-title="Glossary" /></ri:attachment></ac:link></p>',
  '<p><a href="https://example.com/a_(b)?x=1&amp;y=[2]">brackets</a>, <a href="mailto:ada@example.com">mail</a>, <a href="https://example.com/card" data-card-appearance="block">https://example.com/card</a></p>',
];

const media = [
  h(2, 'Pictures and signs'),
  '<ac:image ac:align="center" ac:width="320"><ri:url ri:value="https://example.com/dock.png" /><ac:caption><p>A dock, <em>empty</em></p></ac:caption></ac:image>',
  '<p><ac:emoticon ac:name="smile" /> <ac:emoticon ac:name="blue-star" ac:emoji-shortname=":bike:" ac:emoji-id="1f6b2" ac:emoji-fallback="🚲" /> <ac:placeholder>type here</ac:placeholder></p>',
  macro('view-file', { name: 'plan.pdf', height: '250' }),
  macro('profile', {}, p(mention(ada))),
];

const tables = [
  h(2, 'Tables'),
  '<table data-layout="wide"><colgroup><col style="width: 80.0px;" /><col /></colgroup><tbody><tr><th colspan="2"><p>Wide head</p></th><th rowspan="2"><p>Tall head</p></th></tr><tr><td><p>a | b</p></td><td><p>two</p><p>paragraphs</p></td></tr><tr><td data-highlight-colour="#deebff"><ul><li><p>a list</p></li></ul></td><td><p><code>x|y</code></p></td><td /></tr></tbody></table>',
  table(['Outer'], [table(['Inner'], ['cell'])]),
];

const blocks = [
  h(2, 'Blocks'),
  '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute><ac:adf-attribute key="panel-icon-text">🧊</ac:adf-attribute><ac:adf-content><p>Cold.</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel"><p>Cold.</p></div></ac:adf-fallback></ac:adf-extension>',
  code('text', 'a fence ``` inside, and the end of a section: ]]> there', 'tricky'),
  macro('expand', { title: 'Nested' }, macro('info', { title: 'In a box' }, ul('in a list'))),
  macro('somebodys-own-macro', { colour: 'green', to: 'a & b' }, p('Kept, whatever it is.')),
  '<ac:layout><ac:layout-section ac:type="three_equal"><ac:layout-cell><p>left</p></ac:layout-cell><ac:layout-cell><p>middle</p></ac:layout-cell><ac:layout-cell><p>right</p></ac:layout-cell></ac:layout-section></ac:layout>',
];

/** One page with nearly everything that the editor can make. */
export const formattingZoo: SamplePage = {
  title: 'Formatting, all of it',
  body: [text, lists, links, media, tables, blocks].flat().join('\n'),
};
