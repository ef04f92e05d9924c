import { element, type Lowered, type Lowering, nest, parameter } from './lowered.ts';
import { type Attributes, isRecord, textOfAttribute } from './node.ts';

/** A macro without a formatted body. */
export const lowerExtension: Lowering = ({ attrs, content }) => {
  const macro = toMacro(attrs);
  const body = plainBody(attrs);
  if (body !== undefined) macro.children.push(element('ac:plain-text-body', {}, [body]));
  return content.length === 0 ? { nodes: [macro], holes: [] } : withBody(macro, content);
};

/** A macro with one formatted body, or with several, which follow one another. */
export const lowerBodiedExtension: Lowering = ({ attrs, content }) =>
  withBody(toMacro(attrs), content);

/** What is shown here but kept on another page, as the macro it is to a reader of the storage format. */
function withBody(macro: ReturnType<typeof element>, content: readonly unknown[]): Lowered {
  return nest(content, macro, element('ac:rich-text-body'));
}

function toMacro(attrs: Attributes): ReturnType<typeof element> {
  const parameters = [...parametersOf(attrs)].map(([name, value]) => parameter(name, value));
  return element('ac:structured-macro', { 'ac:name': nameOf(attrs) }, parameters);
}

/** Confluence's own macros have their name as the key, apps end it with the name of a module. */
function nameOf(attrs: Attributes): string {
  const key = textOfAttribute(attrs['extensionKey']) ?? textOfAttribute(attrs['extensionType']);
  if (key === undefined) return 'unnamed';
  return isConfluence(attrs) ? key : (key.split(/[/:]/).findLast((part) => part !== '') ?? key);
}

function isConfluence(attrs: Attributes): boolean {
  return textOfAttribute(attrs['extensionType'])?.startsWith('com.atlassian.confluence.') ?? false;
}

/** What the editor and Forge note for themselves. */
const internal = new Set([
  'embeddedMacroContext',
  'extensionId',
  'extensionProperties',
  'forgeEnvironment',
  'layout',
  'localId',
  'macroMetadata',
  'macroOutputType',
  'metadata',
  'render',
]);

/** Macros of Connect keep a plain body among the parameters. */
const bodyParameter = '__bodyContent';

function* parametersOf(attrs: Attributes): Generator<[string, string]> {
  const title = isConfluence(attrs) ? undefined : textOfAttribute(attrs['text']);
  if (title !== undefined) yield ['text', title];
  for (const [name, value] of Object.entries(writtenParameters(attrs))) {
    const words = internal.has(name) || name === bodyParameter ? undefined : wordsOf(value);
    if (words !== undefined) yield [name, words];
  }
}

function plainBody(attrs: Attributes): string | undefined {
  return wordsOf(writtenParameters(attrs)[bodyParameter]);
}

/** Where the parameters are differs: macros, macros as older editors wrote them, apps of Forge. */
function writtenParameters(attrs: Attributes): Attributes {
  const parameters = attrs['parameters'];
  if (!isRecord(parameters)) return {};
  const nested = ['macroParams', 'macroparams', 'guestParams'].map((name) => parameters[name]);
  return nested.find(isRecord) ?? parameters;
}

function wordsOf(value: unknown): string | undefined {
  return textOfAttribute(isRecord(value) && 'value' in value ? value['value'] : value);
}
