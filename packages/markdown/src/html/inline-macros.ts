import { buildElement, buildMacro } from '../storage/build-element.ts';
import { attribute, isElement, textOf } from '../storage/element.ts';
import type { XmlElement } from '../storage/xml.ts';
import { classesOf, findInside, hasClass, type LowerRule, without } from './lower-rule.ts';

/** A lozenge: the macro `status`, or how Jira shows the state of an issue. */
export const lowerStatus: LowerRule = (element) => {
  const classes = classesOf(element);
  if (!classes.includes('aui-lozenge') && !classes.includes('status-macro')) return undefined;
  const title = textOf(element.children).trim();
  if (title === '') return [];
  const colour = classes.map((name) => colours.get(name)).find(Boolean);
  return [buildMacro('status', { parameters: { colour, title } })];
};

const colours: ReadonlyMap<string, string> = new Map([
  ['aui-lozenge-complete', 'Blue'],
  ['aui-lozenge-current', 'Yellow'],
  ['aui-lozenge-error', 'Red'],
  ['aui-lozenge-progress', 'Purple'],
  ['aui-lozenge-success', 'Green'],
]);

/** People, issues, and links that show nothing. */
export const lowerAnchor: LowerRule = (element, lower) => {
  const person = personOf(element);
  if (person !== undefined) {
    return [buildElement('ac:link', {}, [person, ...lower(element.children)])];
  }
  if (hasClass(element, 'headerlink')) return [];
  if (hasClass(element, 'jira-issue-key')) {
    const shown = without(element.children, ({ name }) => name === 'img');
    return [{ ...element, children: lower(shown) }];
  }
  if (!isEmpty(element)) return undefined;
  const name = attribute(element, 'id') ?? attribute(element, 'name');
  return name === undefined ? [] : [buildElement('a', { id: name })];
};

function personOf(element: XmlElement): XmlElement | undefined {
  const isPerson = hasClass(element, 'confluence-userlink') || hasClass(element, 'user-mention');
  if (!isPerson) return undefined;
  const accountId = attribute(element, 'data-account-id');
  const userName = attribute(element, 'data-username');
  if (accountId === undefined && userName === undefined) return undefined;
  return buildElement('ri:user', {
    ...(accountId !== undefined && { 'ri:account-id': accountId }),
    ...(userName !== undefined && { 'ri:username': userName }),
  });
}

/** A browser shows nothing of a link around nothing. */
function isEmpty(element: XmlElement): boolean {
  if (textOf(element.children).trim() !== '') return false;
  return findInside(element.children, (child) => visible.has(child.name)) === undefined;
}

const visible = new Set(['audio', 'embed', 'iframe', 'img', 'input', 'object', 'video']);

export function isBlank(node: XmlElement | string): boolean {
  return !isElement(node) && node.trim() === '';
}
