import { cardLink, lowerUnknown } from './blocks.ts';
import { element, leaf, type Lowering, macro } from './lowered.ts';
import { textOfAttribute } from './node.ts';

export const lowerText: Lowering = ({ text }) => leaf(text);

export const lowerBreak: Lowering = () => leaf(element('br'));

/** A person by account id; `@all` and `@here` are nobody's account. */
export const lowerMention: Lowering = ({ attrs, text }) => {
  const words = textOfAttribute(attrs['text']) ?? text;
  const id = textOfAttribute(attrs['id']);
  if (id === undefined || attrs['userType'] === 'SPECIAL') return leaf(words || '@unknown');
  return leaf(
    element('ac:link', {}, [
      element('ri:user', { 'ri:account-id': id, 'adf:text': words || undefined }),
    ]),
  );
};

/** The day in UTC, as the editor writes it; a number that is no time stays as it is. */
export const lowerDate: Lowering = ({ attrs }) => {
  const written = textOfAttribute(attrs['timestamp']);
  if (written === undefined) return leaf();
  const date = new Date(Number(written));
  const day = Number.isNaN(date.getTime()) ? written : date.toISOString().replace(/T.*/, '');
  return leaf(element('time', { datetime: day }));
};

export const lowerStatus: Lowering = ({ attrs }) => {
  const color = textOfAttribute(attrs['color']);
  const colour = color === 'neutral' ? undefined : color;
  const title = textOfAttribute(attrs['text']);
  return title === undefined ? leaf() : leaf(macro('status', { title, colour }));
};

export const lowerPlaceholder: Lowering = ({ attrs }) =>
  leaf(element('ac:placeholder', {}, [textOfAttribute(attrs['text']) ?? '']));

export const lowerInlineCard: Lowering = (node) => {
  const link = cardLink(node);
  return link === undefined ? lowerUnknown(node) : leaf(link);
};
