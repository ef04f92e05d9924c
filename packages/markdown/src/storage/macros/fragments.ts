import type { RootContent } from 'mdast';

import { plainBodyFence } from '../code.ts';
import { type Macro, type MacroHandler, parameter } from '../macro.ts';
import type { StorageReader } from '../reader.ts';
import { excerptName, fragmentName } from './late-bound.ts';

/** `excerpt`: content that other pages may include. */
export const convertExcerpt: MacroHandler = (macro, reader) => {
  const blocks = blocksOf(macro, reader.inside({ inline: false }));
  reader.keepFragment(fragmentName('excerpt', parameter(macro, 'name')), blocks);
  return blocks;
};

/** `multiexcerpt`: the same, from the app of that name. */
export const convertMultiExcerpt: MacroHandler = (macro, reader) => {
  const blocks = blocksOf(macro, reader.inside({ inline: false }));
  reader.keepFragment(fragmentName('multiexcerpt', excerptName(macro)), blocks);
  return blocks;
};

/** `details`: page properties. Hidden ones show too: they say something that no other place does. */
export const convertPageProperties: MacroHandler = (macro, reader) => {
  const blocks = blocksOf(macro, reader.inside({ inline: false, inProperties: true }));
  reader.keepFragment(fragmentName('details', parameter(macro, 'id')), blocks);
  reader.keepProperties(blocks);
  return blocks;
};

function blocksOf(macro: Macro, reader: StorageReader): RootContent[] {
  return [...reader.flow(macro.richBody ?? []), ...plainBodyFence(macro)];
}
