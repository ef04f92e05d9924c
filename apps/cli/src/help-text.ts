import { COMMANDS, type CommandSpec, type OptionSpec } from './commands.ts';
import {
  GLOBAL_OPTIONS,
  GROUPS,
  HELP_COMMAND,
  HELP_OPTION,
  PROGRAM,
  VERSION_OPTION,
} from './program-spec.ts';

/** Narrower than this, text is left to the terminal to break. */
const LEAST_WIDTH = 40;
const DEFAULT_WIDTH = 80;

type Row = readonly [term: string, text: string];

/** What one page of help consists of; sections without rows are left out. */
interface Page {
  readonly usage: string;
  readonly description: string;
  readonly sections: readonly (readonly [title: string, rows: readonly Row[]])[];
  readonly end?: string;
}

/**
 * The help for the program (no words), a command or a group of commands, as wide as the terminal;
 * `undefined` when there is none of that name.
 */
export function helpText(words: readonly string[], width = DEFAULT_WIDTH): string | undefined {
  const page = words.some((word) => word.includes(' ')) ? undefined : pageOf(words.join(' '));
  return page === undefined ? undefined : render(page, width);
}

function pageOf(name: string): Page | undefined {
  if (name === '') return programPage();
  const spec = COMMANDS.find((each) => each.name === name);
  if (spec !== undefined) return commandPage(spec);
  const about = GROUPS[name];
  return about === undefined ? undefined : groupPage(name, about);
}

function programPage(): Page {
  const groups = new Set<string>();
  const commands = COMMANDS.flatMap((spec): Row[] => {
    const [first = '', child] = spec.name.split(' ');
    if (child === undefined) return [commandRow(first, spec)];
    if (groups.has(first)) return [];
    groups.add(first);
    return [[first, GROUPS[first] ?? '']];
  });
  return {
    usage: '[options] [command]',
    description: PROGRAM.description,
    sections: [
      ['Options:', [...globalRows(), HELP_OPTION]],
      ['Commands:', [...commands, HELP_COMMAND]],
    ],
    end: PROGRAM.end,
  };
}

function groupPage(name: string, description: string): Page {
  const children = COMMANDS.filter((spec) => spec.name.startsWith(`${name} `));
  return {
    usage: `${name} [options] [command]`,
    description,
    sections: [
      ['Options:', [HELP_OPTION]],
      ['Global Options:', globalRows()],
      ['Commands:', children.map((spec) => commandRow(spec.name.slice(name.length + 1), spec))],
    ],
  };
}

function commandPage(spec: CommandSpec): Page {
  const parameters = spec.arguments ?? [];
  return {
    usage: [spec.name, '[options]', ...parameters.map(([word]) => word)].join(' '),
    description: spec.description ?? `${spec.summary}.`,
    sections: [
      ['Arguments:', parameters.map(([word, text]) => [nameOfArgument(word), text])],
      ['Options:', [...(spec.options ?? []).map(optionRow), HELP_OPTION]],
      ['Global Options:', globalRows()],
    ],
    end: `\nExample:\n  $ ${spec.example}\n`,
  };
}

function commandRow(name: string, spec: CommandSpec): Row {
  const options = spec.options === undefined ? [] : ['[options]'];
  const parameters = (spec.arguments ?? []).map(([word]) => word);
  return [[name, ...options, ...parameters].join(' '), spec.summary];
}

function globalRows(): Row[] {
  return [VERSION_OPTION, ...GLOBAL_OPTIONS.map(optionRow)];
}

function optionRow([flags, text, rule]: OptionSpec): Row {
  if (rule === undefined || !('choices' in rule)) return [flags, text];
  const choices = rule.choices.map((choice) => `"${choice}"`).join(', ');
  return [flags, `${text} (choices: ${choices}, default: "${rule.default}")`];
}

/** e.g. `source` of `[source...]`. */
function nameOfArgument(word: string): string {
  return word.slice(1, -1).replace(/\.\.\.$/, '');
}

function render({ usage, description, sections, end = '' }: Page, width: number): string {
  const termWidth = Math.max(...sections.flatMap(([, rows]) => rows.map(([term]) => term.length)));
  const lines = [`Usage: ${PROGRAM.name} ${usage}`, '', ...wrap(description, width), ''];
  for (const [title, rows] of sections) {
    if (rows.length === 0) continue;
    lines.push(title);
    for (const [term, text] of rows) {
      const [first = '', ...rest] = wrap(text, width - termWidth - 4);
      lines.push(`  ${term.padEnd(termWidth)}  ${first}`);
      lines.push(...rest.map((line) => `${' '.repeat(termWidth + 4)}${line}`));
    }
    lines.push('');
  }
  return `${lines.join('\n')}${end}`;
}

function wrap(text: string, width: number): string[] {
  if (width < LEAST_WIDTH) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
