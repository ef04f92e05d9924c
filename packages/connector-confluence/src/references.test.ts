import { describe, expect, it } from 'vitest';

import { toContent } from './to-document.ts';

const place = {
  wikiUrl: 'https://acme.atlassian.net/wiki',
  space: { id: '1', key: 'ENG', name: 'Engineering' },
} as unknown as Parameters<typeof toContent>[2];

function markdown(name: string, parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  const storage = `<ac:structured-macro ac:name="${name}">${written.join('')}</ac:structured-macro>`;
  return String(toContent('42', { format: 'storage', text: storage }, place).markdown).trimEnd();
}

const displayed = 'https%3A%2F%2Facme.atlassian.net%2Fwiki%2Fdisplay%2FENG%2FPlan';
const byId = 'https%3A%2F%2Facme.atlassian.net%2Fwiki%2Fpages%2Fviewpage.action%3FpageId%3D';

describe('what macros refer to', () => {
  it.each([
    [
      'an excerpt of a page',
      'excerpt-include',
      { '': '<ac:link><ri:page ri:content-title="Plan"/></ac:link>' },
      `[](ctx:include/eng%3Aplan?url=${displayed}\\&title=Plan#excerpt)`,
    ],
    [
      'a page by its id',
      'include',
      { '': '<ri:content-entity ri:content-id="7"/>' },
      `[](ctx:include/7?url=${byId}7)`,
    ],
    ['the pages below this one', 'children', {}, `[](ctx:children/42?url=${byId}42)`],
    [
      'the pages below another one, by its title',
      'children',
      { page: 'Plan', depth: '2' },
      `[](ctx:children/eng%3Aplan?url=${displayed}\\&title=Plan\\&by=name\\&depth=2)`,
    ],
    [
      'the pages of the space',
      'pagetree',
      {},
      '[](ctx:children/ENG?url=https%3A%2F%2Facme.atlassian.net%2Fwiki%2Fspaces%2FENG\\&title=ENG\\&by=scope\\&depth=2)',
    ],
    [
      'pages with labels',
      'contentbylabel',
      { cql: 'label in ("A", "b,c") and space = currentSpace() and ancestor = currentContent()' },
      '[](ctx:labelled/a%2Cb%252Cc?scope=ENG\\&below=42)',
    ],
    [
      'the properties of pages with a label',
      'detailssummary',
      { label: 'a', headings: 'Owner,Due date' },
      '[](ctx:labelled/a?properties=Owner%2CDue%2520date)',
    ],
    ['all their properties', 'detailssummary', { label: 'a' }, '[](ctx:labelled/a?properties=%2A)'],
    [
      'an issue of the same site',
      'jira',
      { key: 'OPS-1', server: 'System Jira' },
      '[OPS-1](https://acme.atlassian.net/browse/OPS-1)',
    ],
    [
      'an issue of another site',
      'jira',
      { key: 'OPS-1', server: 'JIRA (other.atlassian.net)' },
      '[OPS-1](https://other.atlassian.net/browse/OPS-1)',
    ],
    ['an issue of a Jira elsewhere', 'jira', { key: 'OPS-1', server: 'My Jira' }, '`OPS-1`'],
    [
      'a search',
      'jira',
      { jqlQuery: 'a = b' },
      '> **Macro: jira**\n>\n> - jqlQuery: a = b\n> - [open in Jira](https://acme.atlassian.net/issues/?jql=a%20%3D%20b)',
    ],
    [
      'a search by its address',
      'jira',
      { jql: 'https://jira.example/x?filter=1' },
      '> **Macro: jira**\n>\n> - jql: <https://jira.example/x?filter=1>\n> - [open in Jira](https://jira.example/x?filter=1)',
    ],
  ])('is %s', (_what, name, parameters, expected) => {
    expect(markdown(name, parameters as Record<string, string>)).toBe(expected);
  });
});
