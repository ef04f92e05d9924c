import type { RootContent } from 'mdast';

import { type Mixed, paragraph, strong, text } from '../mdast/nodes.ts';
import { convertCode, convertNoFormat, plainBodyFence } from './code.ts';
import { type MacroHandler, parameter, readMacro } from './macro.ts';
import { panel } from './panels.ts';
import type { ElementHandler } from './reader.ts';
import { convertUnknownMacro } from './visible-macro.ts';

/** `ac:structured-macro` and `ac:macro`. */
export const convertMacro: ElementHandler = (element, reader) => {
  const macro = readMacro(element);
  return (macroHandlers.get(macro.name) ?? convertUnknownMacro)(macro, reader);
};

/** `expand`: a folded part. */
const convertExpand: MacroHandler = (macro, reader) => {
  const inner = reader.inside({ inline: false });
  const title = parameter(macro, 'title') ?? 'Click here to expand...';
  const children = [...inner.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
  return [{ type: 'details', summary: [text(title)], children }];
};

/** `status`: its words as code, which sets them apart and keeps them searchable. */
const convertStatus: MacroHandler = (macro, reader) => {
  const colour = parameter(macro, 'colour') ?? parameter(macro, 'color');
  const title = parameter(macro, 'title');
  if (colour !== undefined && title !== undefined) reader.lost('colour');
  const words = title ?? colour ?? 'status';
  return [{ type: 'inlineCode', value: words }, ...reader.mixed(macro.richBody ?? [])];
};

/** `anchor`: a place that a link can point at. */
const convertAnchor: MacroHandler = (macro, reader) => {
  const name = parameter(macro, '') ?? parameter(macro, 'name');
  const place: Mixed[] = name === undefined ? [] : [{ type: 'anchor', name }];
  return [...place, ...reader.mixed(macro.richBody ?? [])];
};

/** Macros that only place their content: it stays, their frame goes. */
const convertFrame: MacroHandler = (macro, reader) => {
  const title = parameter(macro, 'title');
  const heading: RootContent[] = title === undefined ? [] : [paragraph(strong(text(title)))];
  const inner = reader.inside({ inline: false });
  return [...heading, ...inner.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
};

/** `excerpt`: content that other pages may include. */
const convertExcerpt: MacroHandler = (macro, reader) => {
  const inner = reader.inside({ inline: false });
  const blocks = [...inner.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
  reader.keepFragment(fragmentName('excerpt', parameter(macro, 'name')), blocks);
  return blocks;
};

/** `details`: page properties. Hidden ones show too: they say something that no other place does. */
const convertPageProperties: MacroHandler = (macro, reader) => {
  const inner = reader.inside({ inline: false, inProperties: true });
  const blocks = [...inner.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
  reader.keepFragment(fragmentName('details', parameter(macro, 'id')), blocks);
  reader.keepProperties(blocks);
  return blocks;
};

function fragmentName(prefix: string, name: string | undefined): string {
  return name === undefined ? prefix : `${prefix}-${name}`;
}

const macroHandlers: ReadonlyMap<string, MacroHandler> = new Map([
  ['align', convertFrame],
  ['anchor', convertAnchor],
  ['code', convertCode],
  ['column', convertFrame],
  ['details', convertPageProperties],
  ['div', convertFrame],
  ['error', panel('CAUTION')],
  ['excerpt', convertExcerpt],
  ['expand', convertExpand],
  ['info', panel('NOTE')],
  ['noformat', convertNoFormat],
  ['note', panel('WARNING')],
  ['panel', panel('NOTE')],
  ['section', convertFrame],
  ['status', convertStatus],
  ['success', panel('TIP')],
  ['tip', panel('TIP')],
  ['ui-expand', convertExpand],
  ['warning', panel('CAUTION')],
]);
