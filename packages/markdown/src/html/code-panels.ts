import { buildMacro } from '../storage/build-element.ts';
import { attribute, findChild, isElement, textOf } from '../storage/element.ts';
import type { XmlElement, XmlNode } from '../storage/xml.ts';
import { classesOf, findInside, hasClass, type LowerRule } from './lower-rule.ts';

/** The frame that Confluence sets around code, and GitHub around what it highlights. */
export const lowerCode: LowerRule = (element) => {
  const classes = classesOf(element);
  const isFrame =
    (classes.includes('panel') && (classes.includes('code') || classes.includes('preformatted'))) ||
    (classes.includes('highlight') && classes.some((name) => name.startsWith('highlight-')));
  const code = isFrame ? onlyPreformatted(element.children) : undefined;
  if (code === undefined) return undefined;
  const header = findInside(element.children, (child) => hasClass(child, 'codeHeader'));
  const title = header === undefined ? undefined : textOf(header.children).trim();
  return [codeMacro(code, languageOf(code) ?? languageOf(element), title)];
};

/** Any other `pre` keeps its text; one that names its language becomes code. */
export const lowerPreformatted: LowerRule = (element) => {
  const language = languageOf(element);
  const isCode = findChild(element, 'code') !== undefined || hasClass(element, preClass);
  return isCode || language !== undefined ? [codeMacro(element, language, undefined)] : undefined;
};

const preClass = 'syntaxhighlighter-pre';

/** The `pre` of a frame that holds no other text than its header; anything else must not be lost. */
function onlyPreformatted(nodes: readonly XmlNode[]): XmlElement | undefined {
  const isKnown = (node: XmlNode): boolean =>
    isElement(node)
      ? node.name === 'pre' || hasClass(node, 'codeHeader') || isWrapper(node)
      : node.trim() === '';
  const isWrapper = (node: XmlElement): boolean =>
    node.name === 'div' && node.children.every(isKnown);
  if (!nodes.every(isKnown)) return undefined;
  const first = findInside(nodes, ({ name }) => name === 'pre');
  const others = findInside(nodes, (child) => child.name === 'pre' && child !== first);
  return others === undefined ? first : undefined;
}

function codeMacro(
  pre: XmlElement,
  language: string | undefined,
  title: string | undefined,
): XmlElement {
  return buildMacro('code', { parameters: { language, title }, plain: textOf(pre.children) });
}

/** Each way to name a language that is in use, e.g. `brush: java`, `language-java`. */
function languageOf(element: XmlElement): string | undefined {
  // A diagram says what it is, whatever language its author chose.
  if (/^\s*@startuml\b/.test(textOf(element.children))) return 'plantuml';
  const brush = attribute(element, 'data-syntaxhighlighter-params') ?? attribute(element, 'class');
  const inner = findChild(element, 'code');
  return (
    /\bbrush:\s*([^;\s]+)/.exec(brush ?? '')?.[1] ??
    attribute(element, 'data-lang') ??
    classesOf(element).map(languageClass).find(Boolean) ??
    (inner && classesOf(inner).map(languageClass).find(Boolean))
  );
}

function languageClass(name: string): string | undefined {
  return /^(?:language|lang|highlight-source|code)-([\w+#.-]+)$/.exec(name)?.[1];
}
