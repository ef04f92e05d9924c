import { type AdfNode, node } from './adf-node.ts';
import { childOf, isElement, type StorageElement, textOf } from './storage-tree.ts';

/** The parameters of a macro by their names; one without a name has the name ''. */
export function parametersOf(macro: StorageElement): Record<string, string> {
  const given = macro.children.filter(isElement).filter(({ name }) => name === 'ac:parameter');
  return Object.fromEntries(
    given.map((parameter) => [parameter.attributes['ac:name'] ?? '', valueOf(parameter)]),
  );
}

/** A page that a parameter names is written as wiki markup does. */
function valueOf(parameter: StorageElement): string {
  const link = childOf(parameter, 'ac:link') ?? parameter;
  const page = childOf(link, 'ri:page');
  if (page === undefined) return textOf(parameter.children);
  const { 'ri:space-key': key, 'ri:content-title': title = '' } = page.attributes;
  return key === undefined ? title : `${key}:${title}`;
}

/** Any macro, as the editor keeps what it has no node for. */
export function macroNode(
  type: 'extension' | 'inlineExtension' | 'bodiedExtension',
  macro: StorageElement,
  content?: readonly AdfNode[],
): AdfNode {
  const plain = childOf(macro, 'ac:plain-text-body');
  const body = plain === undefined ? {} : { __bodyContent: { value: textOf(plain.children) } };
  const written = Object.entries(parametersOf(macro)).map(([name, value]) => [name, { value }]);
  const macroParams = { ...Object.fromEntries(written), ...body };
  return node(
    type,
    {
      extensionType: 'com.atlassian.confluence.macro.core',
      extensionKey: macro.attributes['ac:name'],
      parameters: { macroParams, macroMetadata: { schemaVersion: { value: '1' } } },
    },
    content,
  );
}
