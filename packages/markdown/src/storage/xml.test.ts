import { describe, expect, it } from 'vitest';

import { maxDepth, parseXml, type XmlNode } from './xml.ts';

function outline(nodes: readonly XmlNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : `${node.name}(${outline(node.children)})`))
    .join('|');
}

describe('parseXml', () => {
  it('reads elements by their qualified names, attributes, text and CDATA', () => {
    const [link] = parseXml(
      '<ac:link ac:anchor="a&amp;b"><ri:page/>x &lt; <![CDATA[&lt;]]></ac:link>',
    );

    expect(outline(link === undefined ? [] : [link])).toBe('ac:link(ri:page()|x < &lt;)');
    expect(typeof link === 'object' && link.attributes.get('ac:anchor')).toBe('a&b');
  });

  it.each([
    ['an HTML entity', '&nbsp;&auml;&hellip;', '\u00a0ä…'],
    ['an unknown entity', '&nosuch; & &;', '&nosuch; & &;'],
    ['a CDATA end inside CDATA', '<![CDATA[a]]]]><![CDATA[>b]]>', 'a]]>b'],
    ['a link, which is no HTML link', '<ac:link>x</ac:link>y', 'ac:link(x)|y'],
    ['a doctype, a comment, an instruction', '<?xml?><!DOCTYPE x><!-- c -->x', 'x'],
    ['a bracket that opens nothing', 'a < b <3 c', 'a < b <3 c'],
    ['a tag that is cut off', 'a <b c="d', 'a <b c="d'],
    ['an end tag that is cut off', 'a</b x', 'a</b x'],
    ['a comment that is not closed', 'a<!-- b', 'a<!-- b'],
    ['a CDATA section that is not closed', 'a<![CDATA[b', 'ab'],
    ['a quote that swallows a tag', 'a <b c="d>e<i>f</i>', 'a <b c="d>e<i>f</i>'],
    ['an end tag of nothing', '<p>a</b>c</p>', 'p(ac)'],
    ['tags that overlap', '<b><i>x</b>y</i>z', 'b(i(x))|yz'],
    ['tags that are not closed', '<ul><li>a<li>b</ul>c', 'ul(li(a|li(b)))|c'],
    ['an attribute that comes twice', '<p a="1" a="2">x</p>', 'p(x)'],
  ])('keeps the text of %s', (_what, source, expected) => {
    expect(outline(parseXml(source))).toBe(expected);
  });

  it('reports the invisible characters it drops', () => {
    let dropped = 0;

    const nodes = parseXml('a\u200bb<i c="\u202e"/>', (count) => (dropped += count));

    expect(outline(nodes)).toBe('ab|i()');
    expect(dropped).toBe(2);
  });

  it('flattens what lies too deep, with its text', () => {
    const nodes = parseXml(`${'<b>x'.repeat(10_000)}deep${'</b>'.repeat(10_000)}after`);

    let depth = 0;
    for (let node = nodes[0]; typeof node === 'object'; node = node.children.at(-1)) depth += 1;
    expect(depth).toBe(maxDepth);
    expect(outline(nodes).match(/x/g)).toHaveLength(10_000);
    expect(outline(nodes).endsWith('after')).toBe(true);
  });
});
