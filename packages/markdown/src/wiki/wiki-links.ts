import { buildElement } from '../storage/build-element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';

/** A link as it stands between brackets. */
export interface WikiLink {
  /** Markup; absent when the target is all it says. */
  readonly text: string | undefined;
  toElement(children: readonly XmlNode[]): XmlElement;
}

/** The bars of an image that is the text part its own attributes. */
function splitParts(content: string): string[] {
  const imageEnd = content.startsWith('!') ? content.indexOf('!', 1) : -1;
  const [rest = '', ...parts] = content.slice(imageEnd + 1).split('|');
  return [content.slice(0, imageEnd + 1) + rest, ...parts];
}

type TargetReader = (target: string) => WikiLink['toElement'] | undefined;

/**
 * Reads what stands between brackets, when it leads somewhere; any other text in brackets is text. What
 * follows a second bar is a tooltip, or how the editor shows the link.
 */
export function readLink(content: string): WikiLink | undefined {
  const [first = '', second] = splitParts(content);
  const target = (second ?? first).trim();
  const text = second === undefined || first.trim() === '' ? undefined : first;
  for (const reader of targetReaders) {
    const toElement = reader(target);
    if (toElement !== undefined) return { text, toElement };
  }
  return text === undefined ? undefined : pageLink(text, target);
}

/** The first sign of a target says what kind it is. */
const targetReaders: readonly TargetReader[] = [
  (target) => after(target, '~', (name) => resource('ri:user', ...userName(name))),
  (target) => after(target, '^', (name) => resource('ri:attachment', 'ri:filename', name)),
  (target) =>
    after(
      target,
      '#',
      (name) => (children) => buildElement('ac:link', { 'ac:anchor': name }, children),
    ),
  (target) =>
    after(
      target,
      'mailto:',
      (name) => (children) =>
        buildElement('a', { href: target }, children.length === 0 ? [name] : children),
    ),
  (target) => (isAddress.test(target) ? hyperlink(target, target) : undefined),
  (target) => (/^www\.\S+$/i.test(target) ? hyperlink(`http://${target}`, target) : undefined),
];

const isAddress = /^(?:[a-z][a-z\d+.-]*:\/\/\S|(?:tel|news|skype|callto):\S|\/\S)/i;

function after(
  target: string,
  prefix: string,
  read: (rest: string) => WikiLink['toElement'],
): WikiLink['toElement'] | undefined {
  if (!target.toLowerCase().startsWith(prefix)) return undefined;
  const rest = target.slice(prefix.length).trim();
  return rest === '' ? undefined : read(rest);
}

function resource(name: string, key: string, value: string): WikiLink['toElement'] {
  const target = buildElement(name, { [key]: value });
  return (children) => buildElement('ac:link', {}, [target, ...children]);
}

function hyperlink(href: string, shown: string): WikiLink['toElement'] {
  return (children) => buildElement('a', { href }, children.length === 0 ? [shown] : children);
}

/** Cloud writes an account id where Data Center writes a name. */
function userName(name: string): readonly [string, string] {
  const account = /^accountid:/i.exec(name);
  return account === null
    ? ['ri:username', name]
    : ['ri:account-id', name.slice(account[0].length)];
}

/** `[text|SPACE:Page#anchor]`. Without a space it could be any text with a bar in it. */
function pageLink(text: string, target: string): WikiLink | undefined {
  const found = /^([A-Z][A-Z\d]+|~\w+):([^\s#][^#]*)(?:#(.*))?$/.exec(target);
  if (found === null) return undefined;
  const [, spaceKey = '', title = '', anchor] = found;
  const page = buildElement('ri:page', { 'ri:space-key': spaceKey, 'ri:content-title': title });
  const attributes = anchor ? { 'ac:anchor': anchor } : {};
  return {
    text,
    toElement: (children) => buildElement('ac:link', attributes, [page, ...children]),
  };
}
