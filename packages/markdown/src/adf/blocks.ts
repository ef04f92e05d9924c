import { element, leaf, type Lowered, type Lowering, macro, nest } from './lowered.ts';
import { type AdfNode, isRecord, textOfAttribute } from './node.ts';

export const lowerHeading: Lowering = ({ attrs, content }) => {
  const level = Math.round(Number(attrs['level']));
  return nest(content, element(`h${Math.min(Math.max(level || 1, 1), 6)}`));
};

export const lowerOrderedList: Lowering = ({ attrs, content }) =>
  nest(content, element('ol', { start: textOfAttribute(attrs['order']) }));

export const lowerCodeBlock: Lowering = ({ attrs, content }) =>
  nest(
    content,
    macro('code', { language: textOfAttribute(attrs['language']) }),
    element('ac:plain-text-body'),
  );

/** A rule with words in it: they come after the rule. */
export const lowerBodiedRule: Lowering = ({ content }) => {
  const words = element('div');
  return { nodes: [element('hr'), words], holes: [{ into: words, content, levels: 1 }] };
};

/**
 * The macros are older than the editor and go by other names:
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/panel/
 */
const panelMacros: ReadonlyMap<unknown, string> = new Map([
  ['custom', 'panel'],
  ['error', 'warning'],
  ['info', 'info'],
  ['success', 'tip'],
  ['tip', 'tip'],
  ['warning', 'note'],
]);

export const lowerPanel: Lowering = ({ attrs, content }) => {
  const type = attrs['panelType'];
  if (type === 'note') return lowerNotePanel(content);
  const icon = (name: string): string | undefined =>
    type === 'custom' ? textOfAttribute(attrs[name]) : undefined;
  const icons = { panelIconText: icon('panelIconText'), panelIconId: icon('panelIconId') };
  const name = panelMacros.get(type) ?? 'info';
  return nest(content, macro(name, icons), element('ac:rich-text-body'));
};

/** The one panel that has no macro. */
function lowerNotePanel(content: readonly unknown[]): Lowered {
  const type = element('ac:adf-attribute', { key: 'panel-type' }, ['note']);
  const panel = element('ac:adf-node', { type: 'panel' }, [type]);
  return nest(content, element('ac:adf-extension'), panel, element('ac:adf-content'));
}

export const lowerExpand: Lowering = ({ attrs, content }) =>
  nest(
    content,
    macro('expand', { title: textOfAttribute(attrs['title']) }),
    element('ac:rich-text-body'),
  );

export const lowerTask: Lowering = ({ attrs, content }) => {
  const state = attrs['state'] === 'DONE' ? 'complete' : 'incomplete';
  const task = element('ac:task', {}, [element('ac:task-status', {}, [state])]);
  return nest(content, task, element('ac:task-body'));
};

/** The storage format has decisions only as what older readers show: a list. */
export const lowerDecisions: Lowering = ({ content }) => {
  const extension = element('ac:adf-extension', {}, [
    element('ac:adf-node', { type: 'decision-list' }),
  ]);
  return nest(content, extension, element('ac:adf-fallback'), element('ul'));
};

export const lowerRule: Lowering = () => leaf(element('hr'));

/** A node of a later schema: its type, its attributes and its content stay visible. */
export function lowerUnknown(node: AdfNode): Lowered {
  const attributes = Object.entries(node.attrs).flatMap(([name, value]) => {
    const words = name === 'localId' ? undefined : textOfAttribute(value);
    return words === undefined ? [] : [element('ac:parameter', { 'ac:name': name }, [words])];
  });
  const content = node.text === '' ? node.content : [node.text, ...node.content];
  return nest(content, element('adf:node', { 'ac:name': node.type || 'unnamed' }, attributes));
}

/** A card: a link that says its name, or its address. */
export function cardLink({ attrs }: AdfNode): ReturnType<typeof element> | undefined {
  const data = isRecord(attrs['data']) ? attrs['data'] : {};
  const url = textOfAttribute(attrs['url']) ?? textOfAttribute(data['url']);
  if (url === undefined) return undefined;
  // Without a text it says the present title of a mirrored page, else its address.
  return element('a', { href: url }, [textOfAttribute(data['name']) ?? '']);
}

export const lowerBlockCard: Lowering = (node) => {
  const link = cardLink(node);
  return link === undefined ? lowerUnknown(node) : leaf(element('p', {}, [link]));
};
