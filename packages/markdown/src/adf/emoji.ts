import { element, leaf, type Lowering } from './lowered.ts';
import { textOfAttribute } from './node.ts';

export const lowerEmoji: Lowering = ({ attrs }) => {
  const id = textOfAttribute(attrs['id']);
  return leaf(
    element('ac:emoticon', {
      'ac:name': oldNames.get(id ?? ''),
      'ac:emoji-fallback': textOfAttribute(attrs['text']),
      'ac:emoji-shortname': textOfAttribute(attrs['shortName']),
      'ac:emoji-id': id,
    }),
  );
};

/** Atlassian's own emoji have no character, but the older emoticons that they replaced do. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ['atlassian-check_mark', 'tick'],
  ['atlassian-cross_mark', 'cross'],
  ['atlassian-info', 'information'],
  ['atlassian-light_bulb_off', 'light-off'],
  ['atlassian-light_bulb_on', 'light-on'],
  ['atlassian-minus', 'minus'],
  ['atlassian-plus', 'plus'],
  ['atlassian-question_mark', 'question'],
  ['atlassian-warning', 'warning'],
  ['atlassian-yellow_star', 'yellow-star'],
]);
