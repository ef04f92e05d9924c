import {
  lowerBlockCard,
  lowerBodiedRule,
  lowerCodeBlock,
  lowerDecisions,
  lowerExpand,
  lowerHeading,
  lowerOrderedList,
  lowerPanel,
  lowerRule,
  lowerTask,
  lowerUnknown,
} from './blocks.ts';
import { lowerEmoji } from './emoji.ts';
import { lowerBodiedExtension, lowerExtension } from './extensions.ts';
import {
  lowerBreak,
  lowerDate,
  lowerInlineCard,
  lowerMention,
  lowerPlaceholder,
  lowerStatus,
  lowerText,
} from './inline.ts';
import { container, type Lowering } from './lowered.ts';
import { lowerCaption, lowerInlineMedia, lowerMedia, lowerMediaSingle } from './media.ts';
import { cell, lowerTable } from './tables.ts';

/** Gives the lowering of a type of node: https://unpkg.com/@atlaskit/adf-schema/dist/json-schema/v1/ */
export function loweringOf(type: string): Lowering {
  return lowerings.get(type) ?? lowerUnknown;
}

const lowerings: ReadonlyMap<string, Lowering> = new Map<string, Lowering>([
  ['blockCard', lowerBlockCard],
  ['blockquote', container('blockquote')],
  ['blockTaskItem', lowerTask],
  ['bodiedExtension', lowerBodiedExtension],
  ['bodiedRule', lowerBodiedRule],
  ['bodiedSyncBlock', container('div')],
  ['bulletList', container('ul')],
  ['caption', lowerCaption],
  ['codeBlock', lowerCodeBlock],
  ['date', lowerDate],
  ['decisionItem', container('li')],
  ['decisionList', lowerDecisions],
  ['doc', container('div')],
  ['embedCard', lowerBlockCard],
  ['emoji', lowerEmoji],
  ['expand', lowerExpand],
  ['extension', lowerExtension],
  ['extensionFrame', container('div')],
  ['hardBreak', lowerBreak],
  ['heading', lowerHeading],
  ['inlineCard', lowerInlineCard],
  ['inlineExtension', lowerExtension],
  ['layoutColumn', container('ac:layout-cell')],
  ['layoutSection', container('ac:layout-section')],
  ['listItem', container('li')],
  ['media', lowerMedia],
  ['mediaGroup', container('div')],
  ['mediaInline', lowerInlineMedia],
  ['mediaSingle', lowerMediaSingle],
  ['mention', lowerMention],
  ['multiBodiedExtension', lowerBodiedExtension],
  ['nestedExpand', lowerExpand],
  ['orderedList', lowerOrderedList],
  ['panel', lowerPanel],
  ['paragraph', container('p')],
  ['placeholder', lowerPlaceholder],
  ['rule', lowerRule],
  ['status', lowerStatus],
  ['table', lowerTable],
  ['tableCell', cell('td')],
  ['tableHeader', cell('th')],
  ['tableRow', container('tr')],
  ['taskItem', lowerTask],
  ['taskList', container('ac:task-list')],
  ['text', lowerText],
]);
