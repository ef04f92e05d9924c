import { buildMacro } from '../storage/build-element.ts';
import { attribute, childElements, findChild, isElement, textOf } from '../storage/element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';
import { classesOf, findInside, hasClass, type LowerRule, without } from './lower-rule.ts';

/** The macros of Confluence's own name, by what a class calls them. */
const macroOfClass: ReadonlyMap<string, string> = new Map([
  ['confluence-information-macro-information', 'info'],
  ['confluence-information-macro-note', 'note'],
  ['confluence-information-macro-tip', 'tip'],
  ['confluence-information-macro-warning', 'warning'],
  ['aui-message-error', 'warning'],
  ['aui-message-hint', 'info'],
  ['aui-message-info', 'info'],
  ['aui-message-success', 'tip'],
  ['aui-message-warning', 'note'],
  ['markdown-alert-caution', 'warning'],
  ['markdown-alert-note', 'info'],
  ['markdown-alert-tip', 'tip'],
  ['markdown-alert-warning', 'note'],
]);

const macroNames = new Set(['info', 'note', 'panel', 'tip', 'warning']);

/** Information macros and panels. */
export const lowerPanel: LowerRule = (element, lower) => {
  const name = panelName(element);
  if (name === undefined) return undefined;
  const header = findTitle(element.children);
  const title = header === undefined ? undefined : textOf(header.children).trim();
  const rich = lower(without(element.children, (child) => child === header));
  return [buildMacro(name, { parameters: { title }, rich })];
};

function panelName(element: XmlElement): string | undefined {
  const classes = classesOf(element);
  const named = classes.map((name) => macroOfClass.get(name)).find(Boolean);
  if (named !== undefined) return named;
  const macro = attribute(element, 'data-macro-name');
  if (macro !== undefined && macroNames.has(macro)) return macro;
  const isCode = classes.includes('code') || classes.includes('preformatted');
  const isPanel = classes.includes('panel') && !isCode;
  return isPanel && findChildWith(element.children, ['panelContent']) ? 'panel' : undefined;
}

const titleClasses = ['panelHeader', 'title', 'markdown-alert-title'];

/** What stands first, but for icons; anything later is content. */
function findTitle(nodes: readonly XmlNode[]): XmlElement | undefined {
  const first = nodes.find((node) => textOf([node]).trim() !== '');
  return first === undefined ? undefined : findChildWith([first], titleClasses);
}

function findChildWith(
  nodes: readonly XmlNode[],
  classes: readonly string[],
): XmlElement | undefined {
  return nodes
    .filter(isElement)
    .find((node) => classesOf(node).some((name) => classes.includes(name)));
}

/** The information macros of Confluence before 5: a table with an icon and the content. */
export const lowerOldPanel: LowerRule = (element, lower) => {
  const named = classesOf(element)
    .map((name) => /^(info|note|tip|warning)Macro$/.exec(name)?.[1])
    .find(Boolean);
  const row = findInside(element.children, ({ name }) => name === 'tr');
  if (named === undefined || row === undefined) return undefined;
  const [icon, ...content] = childElements(row);
  if (icon === undefined || textOf(icon.children).trim() !== '') return undefined;
  return [buildMacro(named, { rich: lower(content.flatMap(({ children }) => children)) })];
};

/** Page properties and excerpts, which have no frame of their own. */
export const lowerKeptPart: LowerRule = (element, lower) => {
  const name = attribute(element, 'data-macro-name');
  if (name !== 'details' && name !== 'excerpt') return undefined;
  return [buildMacro(name, { rich: lower(element.children) })];
};

/** A folded part with the words that unfold it. */
export const lowerExpand: LowerRule = (element, lower) => {
  if (!hasClass(element, 'expand-container')) return undefined;
  const control = findChildWith(element.children, ['expand-control']);
  const title = control && textOf(control.children).replaceAll(/\s+/g, ' ').trim();
  const body = without(element.children, (child) => child === control).flatMap((node) =>
    isElement(node) && hasClass(node, 'expand-content') ? node.children : [node],
  );
  return [buildMacro('expand', { parameters: { title }, rich: lower(body) })];
};

/** The table of contents says nothing that the headings do not say. */
export const lowerToc: LowerRule = (element) =>
  hasClass(element, 'toc-macro') && findChild(element, 'h1', 'h2') === undefined ? [] : undefined;
