import type { RootContent } from 'mdast';

import { type Mixed, paragraph, strong, text } from '../../mdast/nodes.ts';
import { decodePercent, unpack } from '../encoded-text.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { firstParameter, fromParameters } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';
import { convertUnknownMacro } from '../visible-macro.ts';

/** Gives the handler of a macro whose body is the source of a picture or page: a fence. */
export function sourceFence(language: string): MacroHandler {
  return (macro, reader) => {
    const value = macro.plainBody ?? '';
    if (value === '') return convertUnknownMacro(macro, reader);
    return [...heading(macro), fence(language, value), ...reader.mixed(macro.richBody ?? [])];
  };
}

/** `plantumlcloud`: keeps its source deflated in a parameter, which would be unreadable. */
export const convertPlantUmlCloud: MacroHandler = fromParameters((macro) => {
  const data = parameter(macro, 'data');
  const source = data && unpack(data, parameter(macro, 'compressed') !== 'false');
  return source ? [...heading(macro), fence('plantuml', decodePercent(source).trim())] : undefined;
});

/** draw.io and Gliffy keep a picture of the diagram beside it, under its name. */
export const convertDrawing: MacroHandler = fromParameters((macro, reader) => {
  const name = firstParameter(macro, ['diagramName', 'name']);
  if (name === undefined) return undefined;
  const shown = firstParameter(macro, ['diagramDisplayName', 'displayName']) ?? name;
  reader.lost('source of a diagram');
  return [
    picture(/\.(?:png|svg|jpe?g|gif)$/i.test(name) ? name : `${name}.png`, shown, macro, reader),
  ];
});

function picture(fileName: string, alt: string, macro: Macro, reader: StorageReader): Mixed {
  const contentId = parameter(macro, 'pageId');
  const isElsewhere = contentId !== undefined && /^\d+$/.test(contentId);
  const url = reader.references.attachment({ fileName, ...(isElsewhere && { contentId }) });
  return { type: 'image', url, alt };
}

function heading(macro: Macro): RootContent[] {
  const title = parameter(macro, 'title');
  return title === undefined ? [] : [paragraph(strong(text(title)))];
}

function fence(lang: string, value: string): RootContent {
  return { type: 'code', lang, value };
}
