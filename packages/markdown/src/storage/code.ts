import type { RootContent } from 'mdast';

import { paragraph, strong, text } from '../mdast/nodes.ts';
import { type Macro, type MacroHandler, parameter } from './macro.ts';

/** `code`: a fence with the language, below the title in bold. */
export const convertCode: MacroHandler = (macro, reader) => {
  const title = parameter(macro, 'title');
  const heading = title === undefined ? [] : [paragraph(strong(text(title)))];
  return [...heading, ...codeBlocks(macro, languageOf(macro)), ...reader.flow(richRest(macro))];
};

/** `noformat`: a fence without a language. */
export const convertNoFormat: MacroHandler = (macro, reader) => {
  const title = parameter(macro, 'title');
  const heading = title === undefined ? [] : [paragraph(strong(text(title)))];
  return [...heading, ...codeBlocks(macro, undefined), ...reader.flow(richRest(macro))];
};

/** The plain body that a macro has beside, or in place of, its formatted one. */
export function plainBodyFence(macro: Macro): RootContent[] {
  return macro.plainBody ? [{ type: 'code', value: macro.plainBody }] : [];
}

function codeBlocks(macro: Macro, language: string | undefined): RootContent[] {
  const value = macro.plainBody ?? '';
  if (value === '') return [];
  return [{ type: 'code', value, ...(language !== undefined && { lang: language }) }];
}

/** Confluence says `none` and `text` for code without a language. */
function languageOf(macro: Macro): string | undefined {
  const written = parameter(macro, 'language') ?? parameter(macro, '');
  const language = written?.toLowerCase().replaceAll(/[^\p{L}\p{N}+#._-]/gu, '');
  return language === undefined || language === '' || language === 'none' ? undefined : language;
}

function richRest(macro: Macro): NonNullable<Macro['richBody']> {
  return macro.richBody ?? [];
}
