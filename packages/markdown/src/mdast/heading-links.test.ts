import { describe, expect, it } from 'vitest';

import { references } from '../__fixtures__/references.ts';
import { storageToMarkdown } from '../storage/storage-to-markdown.ts';

function convert(storage: string): string {
  return storageToMarkdown(storage, references).markdown.trim();
}

function linkTo(anchor: string): string {
  return `<p><ac:link ac:anchor="${anchor}"><ac:link-body>go</ac:link-body></ac:link></p>`;
}

describe('a link to a heading of the same page', () => {
  it.each([
    ['as the new editor names it', 'Run-it:-the-plan', 'run-it-the-plan'],
    ['without its spaces', 'Runit:theplan', 'run-it-the-plan'],
    ['behind the title of the page', 'My-Page-Runit:theplan', 'run-it-the-plan'],
    ['as it stands', 'Run it: the plan', 'run-it-the-plan'],
    ['percent-encoded', 'Run%20it:%20the%20plan', 'run-it-the-plan'],
    ['the second of its name', 'Start.1', 'start-1'],
    ['in other letters', 'Übersicht', 'übersicht'],
  ])('%s leads there', (_, anchor, slug) => {
    const headings =
      '<h2>Start</h2><h2>Run it: <em>the plan</em></h2><h3>Start</h3><h2>Übersicht</h2>';

    expect(convert(linkTo(anchor) + headings)).toContain(`[go](#${slug})`);
  });

  it('leads there from a table and an expand too', () => {
    const cell = `<table><tbody><tr><td colspan="2">${linkTo('Start')}</td></tr></tbody></table>`;

    expect(convert(`<h2>Start</h2>${cell}`)).toContain('<a href="#start">go</a>');
  });

  it('keeps the name of a place that the text declares, and one that nothing has', () => {
    const anchor =
      '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">Start</ac:parameter></ac:structured-macro>';

    expect(convert(`<h2>Start</h2><p>${anchor}Here</p>${linkTo('Start')}`)).toContain(
      '[go](#Start)',
    );
    expect(convert(`<h2>Start</h2>${linkTo('Nowhere')}`)).toContain('[go](#Nowhere)');
    expect(convert(`<h2>!</h2>${linkTo('...')}`)).toContain('[go](#...)');
  });
});
