import type { PhrasingContent, RootContent } from 'mdast';

import { toPhrasing } from '../../mdast/flow.ts';
import { paragraph } from '../../mdast/nodes.ts';
import { attribute, textOf } from '../element.ts';
import { link, toPageReference } from '../links.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { findResource, firstParameter, fromParameters } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import type { ContentReference, ListRoot, PageReference } from '../references.ts';

type Included = PageReference | ContentReference;

/** `include`: the whole text of another page. */
export const convertInclude: MacroHandler = fromParameters((macro, reader) => {
  const page = namedPage(macro, ['', 'page', 'pageTitle']);
  return page && [includeOf(page, undefined, reader)];
});

/** `excerpt-include`: what another page's `excerpt` holds. */
export const convertExcerptInclude: MacroHandler = fromParameters((macro, reader) => {
  const page = namedPage(macro, ['', 'page', 'pageTitle']);
  return page && [includeOf(page, fragmentName('excerpt', parameter(macro, 'name')), reader)];
});

/** `multiexcerpt-include` and its kin: the same, from the app of that name. */
export const convertMultiExcerptInclude: MacroHandler = fromParameters((macro, reader) => {
  const page = namedPage(macro, ['PageWithExcerpt', 'page', 'pageTitle', '']);
  return page && [includeOf(page, fragmentName('multiexcerpt', excerptName(macro)), reader)];
});

/** The name of a part that other pages may include. */
export function fragmentName(prefix: string, name: string | undefined): string {
  return name === undefined ? prefix : `${prefix}-${name}`;
}

export function excerptName(macro: Macro): string | undefined {
  return firstParameter(macro, ['MultiExcerptName', 'multiexcerptname', 'name']);
}

/** `children`: the pages below this one, another one, or at the top of the space. */
export const convertChildren: MacroHandler = fromParameters((macro, reader) => {
  const isAll = [parameter(macro, 'all'), parameter(macro, 'allChildren')].includes('true');
  const depth = levelsOf(parameter(macro, 'depth'));
  return listOf(rootOf(macro, 'page'), isAll ? 'all' : depth, reader);
});

/** `pagetree`: the levels that are open at first; each page listed has its own list of those below. */
export const convertPageTree: MacroHandler = fromParameters((macro, reader) => {
  const root = macro.parameters.has('root') ? rootOf(macro, 'root') : 'space';
  const depth = levelsOf(parameter(macro, 'startDepth'));
  // The page at the top of a space is a level of its own.
  const nodes = listOf(root, root === 'space' ? depth + 1 : depth, reader);
  if (nodes !== undefined) reader.lost('depth of macro pagetree');
  return nodes;
});

function listOf(
  root: ListRoot | undefined,
  depth: number | 'all',
  reader: StorageReader,
): RootContent[] | undefined {
  if (reader.inLink || root === undefined) return undefined;
  const url = reader.references.children?.(root, depth);
  return url === undefined ? undefined : [paragraph({ type: 'link', url, children: [] })];
}

function levelsOf(written: string | undefined): number {
  return /^[1-9]\d?$/.test(written ?? '') ? Number(written) : 1;
}

const rootWords: ReadonlyMap<string, ListRoot | undefined> = new Map([
  ['@self', 'self'],
  ['@home', 'space'],
  ['@none', 'space'],
  ['/', 'space'],
  // Which page that is changes without a change of this one.
  ['@parent', undefined],
]);

/** `undefined`: nothing that a list can be found again by. */
function rootOf(macro: Macro, name: string): ListRoot | undefined {
  const page = namedPage(macro, [name]);
  if (page === undefined) return 'self';
  return 'title' in page && rootWords.has(page.title) ? rootWords.get(page.title) : page;
}

const pageNames = ['ri:page', 'ri:blog-post', 'ri:content-entity'];

function namedPage(macro: Macro, parameters: readonly string[]): Included | undefined {
  const resource = findResource(macro, parameters, pageNames);
  if (resource !== undefined) {
    const id = attribute(resource, 'ri:content-id');
    if (id !== undefined && resource.name === 'ri:content-entity') return { id };
    const title = attribute(resource, 'ri:content-title');
    return title === undefined ? undefined : toPageReference(resource, title, undefined);
  }
  const written = parameters
    .map((name) => textOf(macro.parameters.get(name) ?? []).trim())
    .find(Boolean);
  return written === undefined ? undefined : writtenPage(written);
}

/** Bodies from before Confluence 4 name a page as wiki markup does: `Title` or `KEY:Title`. */
function writtenPage(written: string): PageReference {
  const [, spaceKey, title] = /^(~?[A-Za-z0-9]+):(\S.*)$/s.exec(written) ?? [];
  if (spaceKey === undefined || title === undefined) return { title: written, kind: 'page' };
  return { title, spaceKey, kind: 'page' };
}

/** A paragraph of its own, which the engine replaces by the text; a link where there is no engine. */
function includeOf(
  page: Included,
  fragment: string | undefined,
  reader: StorageReader,
): RootContent {
  const { references } = reader;
  const isById = 'id' in page;
  const url =
    references.include?.(page, fragment) ??
    (isById ? references.content(page) : references.page(page));
  const fallback = isById ? page.id : page.title;
  const shown: PhrasingContent[] = toPhrasing(link([], { url, fallback }, reader));
  return paragraph(...shown);
}
