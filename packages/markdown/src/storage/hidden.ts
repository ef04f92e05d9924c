import { attribute, textOf } from './element.ts';
import type { ElementHandler } from './reader.ts';
import type { XmlElement } from './xml.ts';

const hiding =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\D|$))/i;

/** Whether a reader in the browser cannot see the element. */
export function isHidden(element: XmlElement): boolean {
  const style = attribute(element, 'style');
  return style !== undefined && hiding.test(style);
}

/** Drops what nobody sees, so that nobody reads in the mirror what the page does not show. */
export const dropHidden: ElementHandler = (element, reader) => {
  if (textOf(element.children).trim() !== '') reader.lost('hidden text');
  return [];
};

/** Drops what would run, not be read. */
export const dropScript: ElementHandler = (element, reader) => {
  reader.lost(element.name);
  return [];
};

/** Drops what the editor notes for itself. */
export const dropSilently: ElementHandler = () => [];
