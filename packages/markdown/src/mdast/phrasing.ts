import type { PhrasingContent } from 'mdast';

import { linkBareUrls } from './bare-urls.ts';
import { text } from './nodes.ts';

type PhrasingParent = Extract<PhrasingContent, { children: PhrasingContent[] }>;

/**
 * Brings inline content into the form that Markdown can say: white space collapsed as in HTML, spaces
 * and line breaks moved out of marks, equal neighbours joined, empty marks dropped, no line break at
 * either end.
 */
export function tidyPhrasing(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const tidied = new Collapser().collapse(nodes);
  while (isSpace(tidied.at(-1))) tidied.pop();
  let start = 0;
  while (isSpace(tidied[start])) start += 1;
  const last = tidied.at(-1);
  if (last?.type === 'text') last.value = last.value.trimEnd();
  return linkBareUrls(start === 0 ? tidied : tidied.slice(start));
}

class Collapser {
  /** The text so far ends with white space, so that more of it adds nothing. */
  #atSpace = true;

  collapse(nodes: readonly PhrasingContent[]): PhrasingContent[] {
    const out: PhrasingContent[] = [];
    for (const node of nodes) this.#add(out, node);
    return out;
  }

  #add(out: PhrasingContent[], node: PhrasingContent): void {
    if (node.type === 'text') return this.#addText(out, node.value);
    if (node.type === 'break') {
      trimEnd(out);
      this.#atSpace = true;
      out.push(node);
    } else if (isParent(node)) {
      this.#addParent(out, node);
    } else {
      if (node.type !== 'anchor') this.#atSpace = false;
      append(out, node);
    }
  }

  #addText(out: PhrasingContent[], value: string): void {
    const collapsed = value.replaceAll(/\s+/g, ' ');
    const wanted = this.#atSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
    if (wanted === '') return;
    this.#atSpace = wanted.endsWith(' ');
    append(out, text(wanted));
  }

  #addParent(out: PhrasingContent[], node: PhrasingParent): void {
    const [before, inner, after] = hoistSpace(this.collapse(node.children));
    for (const space of before) append(out, space);
    if (inner.length > 0 || node.type === 'link') append(out, { ...node, children: inner });
    if (node.type === 'link' && inner.length === 0) this.#atSpace = false;
    for (const space of after) append(out, space);
  }
}

function isParent(node: PhrasingContent): node is PhrasingParent {
  return 'children' in node;
}

function isSpace(node: PhrasingContent | undefined): boolean {
  return node?.type === 'break' || (node?.type === 'text' && node.value.trim() === '');
}

/** Takes the spaces and breaks at both ends out of a mark's content. */
function hoistSpace(
  nodes: PhrasingContent[],
): [PhrasingContent[], PhrasingContent[], PhrasingContent[]] {
  let start = 0;
  let end = nodes.length;
  while (start < end && isSpace(nodes[start])) start += 1;
  while (end > start && isSpace(nodes[end - 1])) end -= 1;
  const before = nodes.slice(0, start);
  const inner = nodes.slice(start, end);
  const after = nodes.slice(end);
  const first = inner[0];
  if (first?.type === 'text' && first.value.startsWith(' ')) {
    before.push(text(' '));
    first.value = first.value.slice(1);
  }
  const last = inner.at(-1);
  if (last?.type === 'text' && last.value.endsWith(' ')) {
    after.unshift(text(' '));
    last.value = last.value.slice(0, -1);
  }
  return [before, inner, after];
}

function append(out: PhrasingContent[], node: PhrasingContent): void {
  const last = out.at(-1);
  if (last?.type === 'text' && node.type === 'text') last.value += node.value;
  else if (last?.type === 'inlineCode' && node.type === 'inlineCode') last.value += node.value;
  else if (last !== undefined && isParent(last) && isParent(node) && isSameMark(last, node)) {
    for (const child of node.children) append(last.children, child);
  } else out.push(node.type === 'text' || node.type === 'inlineCode' ? { ...node } : node);
}

function isSameMark(last: PhrasingParent, node: PhrasingParent): boolean {
  if (last.type === 'inlineElement' && node.type === 'inlineElement') {
    return last.tagName === node.tagName;
  }
  return last.type === node.type && last.type !== 'link';
}

function trimEnd(out: PhrasingContent[]): void {
  const last = out.at(-1);
  if (last?.type !== 'text') return;
  last.value = last.value.trimEnd();
  if (last.value === '') out.pop();
}
