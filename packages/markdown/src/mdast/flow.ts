import type { Paragraph, PhrasingContent, RootContent } from 'mdast';

import { isPhrasing, type Mixed } from './nodes.ts';
import { tidyPhrasing } from './phrasing.ts';

/** Makes paragraphs of the inline content between blocks. Two line breaks in a row end a paragraph. */
export function toFlow(nodes: readonly Mixed[]): RootContent[] {
  const flow: RootContent[] = [];
  let run: PhrasingContent[] = [];
  const endRun = (): void => {
    for (const part of toParagraphs(run)) flow.push(part);
    run = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) {
      run.push(node);
    } else {
      endRun();
      flow.push(node);
    }
  }
  endRun();
  return flow;
}

function toParagraphs(run: readonly PhrasingContent[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let current: PhrasingContent[] = [];
  const children = tidyPhrasing(run);
  for (const [index, child] of children.entries()) {
    const isBreak = child.type === 'break';
    if (isBreak && (children[index + 1]?.type === 'break' || current.length === 0)) {
      if (current.length > 0)
        paragraphs.push({ type: 'paragraph', children: tidyPhrasing(current) });
      current = [];
    } else current.push(child);
  }
  if (current.length > 0) paragraphs.push({ type: 'paragraph', children: tidyPhrasing(current) });
  return paragraphs;
}

/**
 * Makes inline content of whatever it is given, for places that hold nothing else: headings, summaries,
 * link texts. Blocks are reduced to their text, with a space between.
 */
export function toPhrasing(nodes: readonly Mixed[]): PhrasingContent[] {
  return tidyPhrasing(nodes.flatMap(inlineParts));
}

function inlineParts(node: Mixed): PhrasingContent[] {
  if (node.type === 'break') return [space];
  if (node.type === 'htmlTable') {
    return node.rows.flat().flatMap((cell) => [space, ...cell.children.flatMap(inlineParts)]);
  }
  if ('children' in node) {
    const children = node.children.flatMap(inlineParts);
    // The children are inline content now, which any inline parent may hold.
    return isPhrasing(node)
      ? [{ ...node, children } as PhrasingContent]
      : [space, ...children, space];
  }
  if (isPhrasing(node)) return [node];
  return 'value' in node ? [space, { type: 'text', value: node.value }, space] : [];
}

const space: PhrasingContent = { type: 'text', value: ' ' };

/** Wraps inline content in a mark or link, also inside the blocks that the source put into it. */
export function wrapPhrasing(
  nodes: readonly Mixed[],
  wrap: (children: PhrasingContent[]) => PhrasingContent[],
): Mixed[] {
  const out: Mixed[] = [];
  let run: PhrasingContent[] = [];
  const endRun = (): void => {
    if (run.length > 0) for (const node of wrap(run)) out.push(node);
    run = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) {
      run.push(node);
      continue;
    }
    endRun();
    out.push(wrapInside(node, wrap));
  }
  endRun();
  return out;
}

function wrapInside(node: Mixed, wrap: (children: PhrasingContent[]) => PhrasingContent[]): Mixed {
  if (node.type === 'htmlTable') {
    const rows = node.rows.map((row) =>
      row.map((cell) => ({ ...cell, children: wrapPhrasing(cell.children, wrap) })),
    );
    return { ...node, rows };
  }
  if (!('children' in node)) return node;
  // The children keep their kinds: inline content stays inline, a block stays the same block.
  return { ...node, children: wrapPhrasing(node.children, wrap) } as Mixed;
}
