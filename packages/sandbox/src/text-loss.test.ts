import { describe, expect, it } from 'vitest';

import { missingText } from './text-loss.ts';

describe('missingText', () => {
  const storage = '<p>One <b>two</b> &auml;&nbsp;three</p><p><![CDATA[a < b]]></p><!-- note -->';

  it('finds nothing missing in a faithful conversion', () => {
    expect(missingText(storage, 'One **two** ä three\n\na < b\n')).toEqual([]);
  });

  it.each([
    ['a word', 'One ä three\n\na < b\n', ['two']],
    ['a letter', 'One **two** a three\n\na < b\n', ['ä\u00a0three']],
    ['a CDATA section', 'One **two** ä three\n', ['a < b']],
    ['a comparison that became HTML', 'One **two** ä three\n\na <b> b\n', ['a < b']],
  ])('notices that %s is missing', (_what, markdown, missing) => {
    expect(missingText(storage, markdown)).toEqual(missing);
  });

  it('wants each of two equal texts', () => {
    expect(missingText('<p>same</p><p>same</p>', 'same\n')).toEqual(['same']);
  });

  it('does not find a text inside another text', () => {
    expect(missingText('<p>cat</p><p>concatenate</p>', 'concatenate\n')).toHaveLength(1);
  });

  it('finds text that moved', () => {
    expect(missingText('<p>body</p><p>caption</p>', 'caption\n\nbody\n')).toEqual([]);
  });

  it('reads code, HTML and escaped text as a reader sees them', () => {
    const html = '<table>\n<tr>\n<td>a &#91;b&#93;</td>\n</tr>\n</table>';
    const body = '<p>x_y_z *</p><pre>if (a) {}</pre><table><tr><td>a [b]</td></tr></table>';

    expect(missingText(body, `x\\_y_z \\*\n\n\`\`\`\nif (a) {}\n\`\`\`\n\n${html}\n`)).toEqual([]);
  });

  it('sees Markdown that swallows text', () => {
    expect(missingText('<p>[a]: b</p>', '[a]: b\n')).toEqual(['[a]: b']);
  });

  it('does not ask for what a page does not show', () => {
    const body =
      '<ac:structured-macro ac:name="x"><ac:parameter ac:name="p">v</ac:parameter></ac:structured-macro>' +
      '<script>run()</script><p style="display: none">hidden</p><ac:task-id>7</ac:task-id>';

    expect(missingText(body, '')).toEqual([]);
  });

  it('asks for the text behind what only looks like a tag', () => {
    expect(missingText('<p>1 <2 and a < b', '1 \\<2 and\n')).not.toEqual([]);
    expect(missingText('<p>1 <2 and a < b', '1 \\<2 and a < b\n')).toEqual([]);
  });
});
