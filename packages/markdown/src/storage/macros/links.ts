import type { RootContent } from 'mdast';

import { type Mixed, paragraph, strong, text } from '../../mdast/nodes.ts';
import { textOf } from '../element.ts';
import { link } from '../links.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import { addressOf, findResource, fromParameters } from '../parameter-macro.ts';
import type { StorageReader } from '../reader.ts';

/** Macros that show something from elsewhere in the page: a link to it. */
export const convertEmbedded: MacroHandler = fromParameters((macro, reader) => {
  const nodes = addressOf(macro, ['url', 'src', 'URL', 'Url', ''], reader);
  if (nodes !== undefined) reader.lost(`macro ${macro.name}`);
  return nodes;
});

/** Macros that show a file in the page: a link to it. */
export const convertFileView: MacroHandler = fromParameters((macro, reader) => {
  const nodes = macro.parameters.get('name') ?? macro.parameters.get('') ?? [];
  if (findResource(macro, ['name', ''], ['ri:attachment']) !== undefined) {
    return reader.phrasing(nodes);
  }
  const fileName = textOf(nodes).trim();
  if (fileName === '') return undefined;
  const title = parameter(macro, 'page');
  const url = reader.references.attachment({
    fileName,
    ...(title !== undefined && { page: { title } }),
  });
  return link([], { url, fallback: fileName }, reader);
});

/** Macros that show the files of this page, which stand at the end of its file anyway. */
export const convertFileList: MacroHandler = fromParameters((macro, reader) => {
  if (macro.parameters.has('page')) return undefined;
  reader.lost(`macro ${macro.name}`);
  return titleOf(macro);
});

function titleOf(macro: Macro): RootContent[] {
  const title = parameter(macro, 'title');
  return title === undefined ? [] : [paragraph(strong(text(title)))];
}

/** Macros that show who somebody is: a mention. */
export const convertPerson: MacroHandler = fromParameters((macro, reader) => {
  for (const name of ['user', 'User', '']) {
    const nodes = macro.parameters.get(name) ?? [];
    if (findResource(macro, [name], ['ri:user']) !== undefined) return reader.phrasing(nodes);
    const userName = textOf(nodes).trim();
    if (userName !== '') return mention(userName, reader);
  }
  return undefined;
});

function mention(userName: string, reader: StorageReader): Mixed[] {
  const url = reader.references.user({ userName });
  return link([], { url, fallback: `@${userName}` }, reader);
}

/** A reference to a formula by its anchor. */
export const convertAnchorReference: MacroHandler = fromParameters((macro, reader) => {
  const anchor = parameter(macro, 'anchor');
  if (anchor === undefined) return undefined;
  const url = `#${anchor.replaceAll(/\s/g, '%20')}`;
  return link([text(anchor)], { url, fallback: anchor }, reader);
});
