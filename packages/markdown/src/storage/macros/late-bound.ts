import type { PhrasingContent, RootContent } from 'mdast';

import { toPhrasing } from '../../mdast/flow.ts';
import { paragraph } from '../../mdast/nodes.ts';
import { attribute, textOf } from '../element.ts';
import { link, toPageReference } from '../links.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { findResource, firstParameter, fromParameters } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import type { ContentReference, PageReference } from '../references.ts';

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

/** `children`: the pages below this one, or below one named by its id. */
export const convertChildren: MacroHandler = fromParameters((macro, reader) => {
  const isDeep =
    parameter(macro, 'depth') ?? parameter(macro, 'all') ?? parameter(macro, 'allChildren');
  const nodes = childrenOf(macro, 'page', reader);
  if (nodes !== undefined && isDeep !== undefined) reader.lost('depth of macro children');
  return nodes;
});

/** `pagetree`: the same; each page listed has its own list of the pages below. */
export const convertPageTree: MacroHandler = fromParameters((macro, reader) => {
  if (!macro.parameters.has('root')) return undefined;
  const nodes = childrenOf(macro, 'root', reader);
  if (nodes !== undefined) reader.lost('depth of macro pagetree');
  return nodes;
});

function childrenOf(macro: Macro, name: string, reader: StorageReader): RootContent[] | undefined {
  const page = namedPage(macro, [name]);
  if (reader.inLink || (page !== undefined && !isSelf(page) && 'title' in page)) return undefined;
  const id = page !== undefined && 'id' in page ? page.id : undefined;
  const url = reader.references.children?.(id);
  return url === undefined ? undefined : [paragraph({ type: 'link', url, children: [] })];
}

function isSelf(page: Included): boolean {
  return 'title' in page && page.title === '@self';
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
