import { text } from '../mdast/nodes.ts';
import { attribute } from './element.ts';
import { emojiOf } from './emoji-id.ts';
import type { ElementHandler } from './reader.ts';

/**
 * `ac:emoticon`: the emoji itself. One that the site has uploaded has no character and keeps its short
 * name, e.g. `:party:`.
 */
export const convertEmoticon: ElementHandler = (element, reader) => {
  const fallback = attribute(element, 'ac:emoji-fallback');
  const name = attribute(element, 'ac:name');
  const character =
    (fallback !== undefined && !fallback.startsWith(':') ? fallback : undefined) ??
    emojiOf(attribute(element, 'ac:emoji-id')) ??
    // The editor calls every emoji it knows no old name for a blue star.
    (name === 'blue-star' && fallback !== undefined ? undefined : characters.get(name ?? ''));
  const shortName =
    fallback ?? attribute(element, 'ac:emoji-shortname') ?? attribute(element, 'ac:shortcut');
  const shown = character ?? shortName ?? (name === undefined ? '' : `:${name}:`);
  return [text(shown), ...reader.mixed(element.children)];
};

/** https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html, "Emoticons". */
const characters: ReadonlyMap<string, string> = new Map([
  ['smile', '🙂'],
  ['sad', '🙁'],
  ['cheeky', '😛'],
  ['laugh', '😃'],
  ['wink', '😉'],
  ['thumbs-up', '👍'],
  ['thumbs-down', '👎'],
  ['information', 'ℹ️'],
  ['tick', '✅'],
  ['cross', '❌'],
  ['warning', '⚠️'],
  ['plus', '➕'],
  ['minus', '➖'],
  ['question', '❓'],
  ['light-on', '💡'],
  ['light-off', '🌑'],
  ['yellow-star', '⭐'],
  ['red-star', '⭐'],
  ['green-star', '⭐'],
  ['blue-star', '⭐'],
  ['heart', '❤️'],
  ['broken-heart', '💔'],
]);
