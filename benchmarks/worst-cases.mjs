/** A page as people write them: headings, text, lists, links, a table and code. */
function section(index) {
  return (
    `<h2>Part ${index}</h2><p>Some <strong>words</strong> with a <a href="https://example.com/${index}">link</a>, ` +
    `<em>emphasis</em> and <code>code_${index}</code>; the rest of the line is plain text about nothing.</p>` +
    `<ul><li>first</li><li>second<ul><li>nested</li></ul></li></ul>` +
    `<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>${index}</td><td>two</td></tr></tbody></table>` +
    `<pre>let a = ${index};</pre>`
  );
}

const many = (part) => (count) => part.repeat(count);

/** Bodies that cost other converters the square of their length, by what there is `count` of. */
export const shapes = {
  page: (megabytes) => {
    const parts = [];
    for (let size = 0; size < megabytes * 1_000_000;) {
      const part = section(parts.length);
      parts.push(part);
      size += part.length;
    }
    return parts.join('');
  },
  '<p>': many('<p>a b</p>'),
  '<li>': (count) => `<ul>${'<li>a</li>'.repeat(count)}</ul>`,
  'links in one <p>': (count) => `<p>${'<a href="https://a.example/b">c</a> '.repeat(count)}</p>`,
  'rows of a table': (count) =>
    `<table><tbody>${'<tr><td>a</td><td>b</td></tr>'.repeat(count)}</tbody></table>`,
  'nested <div>': (count) => `${'<div>'.repeat(count)}a${'</div>'.repeat(count)}`,
  'open <b>': many('<b>a'),
  'stray </b> in nested <i>': (count) => '<i>'.repeat(count) + '</b>'.repeat(count),
  brackets: many('[a]('),
};
