import type { XmlElement, XmlNode } from './xml.ts';

/** Makes an element of the storage format, for readers of other formats. */
export function buildElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly XmlNode[] = [],
): XmlElement {
  return { name, attributes: new Map(Object.entries(attributes)), children: [...children] };
}

/** What a macro that is made here holds. */
export interface MacroContent {
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly rich?: readonly XmlNode[];
  readonly plain?: string;
}

/** Makes a macro of the storage format. Parameters without a value are left out. */
export function buildMacro(name: string, { parameters, plain, rich }: MacroContent): XmlElement {
  const children: XmlNode[] = [];
  for (const [key, value] of Object.entries(parameters ?? {})) {
    if (value) children.push(buildElement('ac:parameter', { 'ac:name': key }, [value]));
  }
  if (rich !== undefined) children.push(buildElement('ac:rich-text-body', {}, rich));
  if (plain !== undefined) children.push(buildElement('ac:plain-text-body', {}, [plain]));
  return buildElement('ac:structured-macro', { 'ac:name': name }, children);
}
