import { it } from 'vitest';

import { storageToMarkdown } from './index.ts';
import { references } from './testing/references.ts';
const rep = (n: number, f: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => f(i)).join('');
const cases: Record<string, (n: number) => string> = {
  p: (n) => rep(n, (i) => `<p>word ${i} and more</p>`),
  li: (n) => `<ul>${rep(n, (i) => `<li>w ${i}</li>`)}</ul>`,
  oli: (n) => `<ol>${rep(n, (i) => `<li><p>w ${i}</p></li>`)}</ol>`,
  links: (n) => `<p>${rep(n, (i) => `<a href="https://x/${i}">l${i}</a> `)}</p>`,
  aclinks: (n) =>
    `<p>${rep(n, (i) => `<ac:link><ri:page ri:content-title="P${i}"/></ac:link>`)}</p>`,
  rows: (n) =>
    `<table>${rep(n / 4, (i) => `<tr><td>a${i}</td><td>b</td><td>c</td><td>d</td></tr>`)}</table>`,
  htmlrows: (n) =>
    `<table>${rep(n / 4, (i) => `<tr><td colspan="2">a${i}</td><td>b</td><td><ul><li>c</li></ul></td></tr>`)}</table>`,
  strong: (n) => `<p>${rep(n, (i) => `<strong>a${i}</strong>x`)}</p>`,
  br: (n) => `<p>${rep(n, (i) => `a${i}<br/>`)}</p>`,
  brbr: (n) => `<p>${rep(n, (i) => `a${i}<br/><br/>`)}</p>`,
  text: (n) => `<p>${'*a_b [x] <y '.repeat(n)}</p>`.replaceAll('<y', '&lt;y'),
  www: (n) => `<p>${'w.'.repeat(n)}</p>`,
  url: (n) => `<p>${'http://'.repeat(n)}</p>`,
  dots: (n) => `<p>http://a${'.'.repeat(n)}a ${'('.repeat(n)}</p>`,
  lt: (n) => '<'.repeat(n),
  stray: (n) => `${'<b>'.repeat(n)}${'</i>'.repeat(n)}`,
  open: (n) => '<a>'.repeat(n * 5) + 'x',
  nest: (n) => '<div>'.repeat(n) + 'deep' + '</div>'.repeat(n),
  nestul: (n) => '<ul><li>x'.repeat(n) + 'deep' + '</li></ul>'.repeat(n),
  nestquote: (n) => '<blockquote><p>x</p>'.repeat(n) + 'deep' + '</blockquote>'.repeat(n),
  nestspan: (n) => '<strong><em>'.repeat(n) + 'deep' + '</em></strong>'.repeat(n),
  nestinfo: (n) => '<ac:structured-macro ac:name="info"><ac:rich-text-body>'.repeat(n) + 'deep',
  nestexcerpt: (n) =>
    '<ac:structured-macro ac:name="excerpt"><ac:rich-text-body><p>x</p>'.repeat(n) + 'deep',
  nesttable: (n) => '<table><tr><td>x'.repeat(n) + 'deep',
  deepwide: (n) => '<ul><li>'.repeat(90) + rep(n, (i) => `<p>a${i}</p>`),
  spaces: (n) => `<p>a${' '.repeat(n)}b${'\n'.repeat(n)}</p>`,
  amps: (n) => '&'.repeat(n) + '&#x'.repeat(n),
  cdata: (n) => rep(n, () => '<![CDATA[x]]>'),
  params: (n) =>
    `<ac:structured-macro ac:name="x">${rep(n, (i) => `<ac:parameter ac:name="p">${i}</ac:parameter>`)}</ac:structured-macro>`,
  tasks: (n) =>
    `<ac:task-list>${rep(n, (i) => `<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>t${i}</ac:task-body></ac:task>`)}</ac:task-list>`,
  zw: (n) => `<p>${'\u200b\u200d'.repeat(n)}</p>`,
  comment: (n) => '<!--'.repeat(n),
  attrs: (n) => `<p ${rep(n, (i) => `a${i}="b" `)}>x</p>`,
  headings: (n) => rep(n, (i) => `<h2>Heading ${i}</h2><p>Text</p>`),
  ulinul: (n) => `<ul><li>a</li>${'<ul><li>b</li></ul>'.repeat(n)}</ul>`,
  tasksnest: (n) =>
    `<ac:task-list><ac:task><ac:task-body>a</ac:task-body></ac:task>${'<ul><li>b</li></ul>'.repeat(n)}</ac:task-list>`,
};
const only = process.env['ONLY'];
it('perf', () => {
  for (const [name, make] of Object.entries(cases)) {
    if (only && !only.split(',').includes(name)) continue;
    const times = [5000, 20000].map((n) => {
      const s = make(n);
      const t = performance.now();
      const r = storageToMarkdown(s, references);
      return `${(performance.now() - t).toFixed(0)} ms (${(s.length / 1e6).toFixed(2)}->${(r.markdown.length / 1e6).toFixed(2)})`;
    });
    console.log(name.padEnd(12), times.join('   '));
  }
}, 600000);
