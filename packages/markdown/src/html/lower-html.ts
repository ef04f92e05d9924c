import { buildElement } from '../storage/build-element.ts';
import { attribute } from '../storage/element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';
import { lowerCode, lowerPreformatted } from './code-panels.ts';
import { lowerAnchor, lowerStatus } from './inline-macros.ts';
import { type Lower, type LowerRule } from './lower-rule.ts';
import { lowerFigure, lowerImage, lowerMedia } from './media.ts';
import { lowerExpand, lowerKeptPart, lowerOldPanel, lowerPanel, lowerToc } from './panel-macros.ts';
import { lowerCheckbox, lowerTaskList } from './task-lists.ts';

/**
 * Brings HTML to the storage format: what Confluence renders of a macro becomes that macro again, and
 * what HTML has beyond storage becomes the nearest element of it.
 */
export function lowerHtml(nodes: readonly XmlNode[]): XmlNode[] {
  const lowered: XmlNode[] = [];
  for (const node of nodes) {
    if (typeof node === 'string') lowered.push(node);
    else for (const part of lowerElement(node)) lowered.push(part);
  }
  return lowered;
}

function lowerElement(element: XmlElement): readonly XmlNode[] {
  if (element.attributes.has('hidden') && !isShown(element)) return [hidden(element)];
  for (const rule of rules.get(element.name) ?? []) {
    const lowered = rule(element, lowerHtml);
    if (lowered !== undefined) return lowered;
  }
  return [{ ...element, children: lowerHtml(element.children) }];
}

/** `hidden="until-found"` is found by who searches the page. */
function isShown(element: XmlElement): boolean {
  return attribute(element, 'hidden') === 'until-found';
}

function hidden(element: XmlElement): XmlElement {
  return buildElement('div', { style: 'display:none' }, element.children);
}

const drop: LowerRule = () => [];

const hide: LowerRule = (element) => [hidden(element)];

const quoteInline: LowerRule = (element, lower: Lower) => ['“', ...lower(element.children), '”'];

/** The first rule of a name that knows the element decides. */
const rules: ReadonlyMap<string, readonly LowerRule[]> = new Map([
  ['a', [lowerAnchor]],
  ['audio', [lowerMedia]],
  ['div', [lowerToc, lowerPanel, lowerCode, lowerExpand, lowerKeptPart]],
  ['figure', [lowerFigure]],
  ['head', [drop]],
  ['img', [lowerImage]],
  ['input', [lowerCheckbox]],
  ['ol', [lowerTaskList]],
  ['pre', [lowerPreformatted]],
  ['q', [quoteInline]],
  ['span', [lowerStatus]],
  ['table', [lowerOldPanel]],
  ['template', [hide]],
  ['title', [drop]],
  ['ul', [lowerTaskList]],
  ['video', [lowerMedia]],
]);
