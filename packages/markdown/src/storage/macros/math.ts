import { type Mixed, text } from '../../mdast/nodes.ts';
import { decodePercent } from '../encoded-text.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { convertUnknownMacro } from '../visible-macro.ts';

/** A formula on lines of its own: the fence that GitHub renders. */
export const convertMathBlock: MacroHandler = (macro, reader) => {
  const value = formula(macro);
  if (value === undefined) return convertUnknownMacro(macro, reader);
  const anchor = parameter(macro, 'anchor');
  const place: Mixed[] = anchor === undefined ? [] : [{ type: 'anchor', name: anchor }];
  return [...place, { type: 'code', lang: 'math', value }, ...reader.mixed(macro.richBody ?? [])];
};

/** A formula in a line, in the one of GitHub's two forms that every other reader shows as code. */
export const convertMathInline: MacroHandler = (macro, reader) => {
  const value = formula(macro)?.replaceAll(/\s+/g, ' ');
  if (value === undefined) return convertUnknownMacro(macro, reader);
  return [
    text('$'),
    { type: 'inlineCode', value },
    text('$'),
    ...reader.mixed(macro.richBody ?? []),
  ];
};

const encoded = '--uriencoded--';

function formula(macro: Macro): string | undefined {
  const written = macro.plainBody || parameter(macro, 'body') || parameter(macro, '');
  return written?.startsWith(encoded) ? decodePercent(written.slice(encoded.length)) : written;
}
