import type { AlertKind } from '../mdast/nodes.ts';
import { attribute, childElements, findChild, textOf } from './element.ts';
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
  const kind = node && panelKind(node);
  if (kind !== undefined && content !== undefined) {
    return toAlert(kind, reader.insideContainer().flow(content.children), reader);
  }
  const type = (node && attribute(node, 'type')) ?? 'unknown';
  reader.lost(`extension ${type}`);
  const fallback = findChild(element, 'ac:adf-fallback');
  return reader.inside({ inline: false }).flow((fallback ?? element).children);
};

function panelKind(node: XmlElement): AlertKind | undefined {
  if (attribute(node, 'type') !== 'panel') return undefined;
  const type = childElements(node).find(
    (child) => child.name === 'ac:adf-attribute' && attribute(child, 'key') === 'panel-type',
  );
  return adfPanels.get(type === undefined ? '' : textOf(type.children).trim()) ?? 'NOTE';
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
