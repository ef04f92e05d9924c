import type { AlertKind } from '../mdast/nodes.ts';
import { paragraph, strong, text } from '../mdast/nodes.ts';
import { attribute, childElements, findChild, textOf } from './element.ts';
import { emojiOf } from './emoji-id.ts';
import { toAlert } from './panels.ts';
import type { ElementHandler } from './reader.ts';
import type { XmlElement } from './xml.ts';

/**
 * `ac:adf-extension`: content of the editor that the storage format has no element for, beside the HTML
 * that older readers show in its place. A panel is read from the content, all else from that HTML.
 */
export const convertAdfExtension: ElementHandler = (element, reader) => {
  const node = findChild(element, 'ac:adf-node');
  const content = node && findChild(node, 'ac:adf-content');
  if (node !== undefined && content !== undefined && attribute(node, 'type') === 'panel') {
    const icon =
      attributeOf(node, 'panel-icon-text') ?? emojiOf(attributeOf(node, 'panel-icon-id'));
    const children = [
      ...(icon === undefined ? [] : [paragraph(strong(text(icon)))]),
      ...reader.insideContainer().flow(content.children),
    ];
    return toAlert(
      adfPanels.get(attributeOf(node, 'panel-type') ?? '') ?? 'NOTE',
      children,
      reader,
    );
  }
  const type = (node && attribute(node, 'type')) ?? 'unknown';
  reader.lost(`extension ${type}`);
  const fallback = findChild(element, 'ac:adf-fallback');
  return reader.inside({ inline: false }).flow((fallback ?? element).children);
};

/** What the editor notes of a node; `undefined` when it says nothing. */
function attributeOf(node: XmlElement, key: string): string | undefined {
  const found = childElements(node).find(
    (child) => child.name === 'ac:adf-attribute' && attribute(child, 'key') === key,
  );
  return (found && textOf(found.children).trim()) || undefined;
}

/** The editor's own names: https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/panel/ */
const adfPanels: ReadonlyMap<string, AlertKind> = new Map([
  ['error', 'CAUTION'],
  ['info', 'NOTE'],
  ['note', 'IMPORTANT'],
  ['success', 'TIP'],
  ['tip', 'TIP'],
  ['warning', 'WARNING'],
]);
