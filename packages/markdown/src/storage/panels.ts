import type { RootContent } from 'mdast';

import { type AlertKind, paragraph, strong, text } from '../mdast/nodes.ts';
import { plainBodyFence } from './code.ts';
import { emojiOf } from './emoji-id.ts';
import { type Macro, type MacroHandler, parameter } from './macro.ts';
import type { StorageReader } from './reader.ts';

/**
 * Gives the handler of a panel: a GitHub alert with its title in bold.
 *
 * The macro names are older than the editor's: what it calls warning is stored as `note`, error as
 * `warning`, success as `tip`. The kinds follow the colour that a reader sees.
 */
export function panel(kind: AlertKind): MacroHandler {
  return (macro, reader) => {
    const inner = reader.insideContainer();
    const children: RootContent[] = [
      ...titleOf(macro),
      ...inner.flow(macro.richBody ?? []),
      ...plainBodyFence(macro),
    ];
    return toAlert(kind, children, reader);
  };
}

/** `alert`: a panel that says its kind in a parameter. */
export const convertAlert: MacroHandler = (macro, reader) => {
  const type = parameter(macro, 'type')?.toLowerCase() ?? '';
  return panel(alertKinds.get(type) ?? 'NOTE')(macro, reader);
};

const alertKinds: ReadonlyMap<string, AlertKind> = new Map([
  ['error', 'CAUTION'],
  ['success', 'TIP'],
  ['warning', 'WARNING'],
]);

/** Makes an alert of blocks; nothing of no blocks. */
export function toAlert(
  kind: AlertKind,
  children: RootContent[],
  reader: StorageReader,
): RootContent[] {
  if (children.length === 0 || !reader.canNest) return children;
  return [{ type: 'alert', kind, children }];
}

function titleOf(macro: Macro): RootContent[] {
  const icon = parameter(macro, 'panelIconText') ?? emojiOf(parameter(macro, 'panelIconId'));
  const words = [icon, parameter(macro, 'title')];
  const title = words.filter((word) => word !== undefined).join(' ');
  return title === '' ? [] : [paragraph(strong(text(title)))];
}
