// The table of a connector's options in its README, made from the descriptions in its schema.

const begin = '<!-- options: written by `pnpm docs` from src/config.ts -->';
const end = '<!-- /options -->';

/** Puts the table of the options between the marks of a README. */
export function withOptionTable(readme, definition) {
  const start = readme.indexOf(begin);
  const stop = readme.indexOf(end);
  if (start === -1 || stop < start)
    throw new Error(`The README needs the lines ${begin} and ${end}.`);
  const table = optionTable(definition);
  return `${readme.slice(0, start + begin.length)}\n\n${table}\n\n${readme.slice(stop)}`;
}

/** The same text whether or not a formatter aligned its tables. */
export function withoutAlignment(markdown) {
  return markdown.replace(/[ \t]+/g, ' ').replace(/-{3,}/g, '---');
}

function optionTable({ configSchema }) {
  const schema = configSchema['~standard'].jsonSchema.input({ target: 'draft-2020-12' });
  const lines = rowsOf(schema, '').map((cells) => `| ${cells.join(' | ')} |`);
  return [
    '| Option | Meaning | Default | Cost in requests |',
    '| --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

function rowsOf({ properties = {}, required = [] }, path) {
  return Object.entries(properties).flatMap(([name, field]) => {
    const option = `${path}${name}`;
    const row = [`\`${option}\``, ...describe(field), ''];
    const [, meaning, cost] = row;
    const given = required.includes(name) ? 'required' : defaultOf(field);
    return [[row[0], meaning, given, cost], ...rowsOf(field, `${option}.`)];
  });
}

/** A description ends with what the option costs or saves. */
function describe({ description = '' }) {
  const at = description.search(/(?:^| )(?:Costs|Saves) /);
  const text = at === -1 ? [description, ''] : [description.slice(0, at), description.slice(at)];
  return text.map((part) => part.trim().replaceAll('|', '\\|'));
}

function defaultOf({ default: value }) {
  const isPlain = value !== undefined && (typeof value !== 'object' || Array.isArray(value));
  return isPlain ? `\`${JSON.stringify(value)}\`` : '';
}
