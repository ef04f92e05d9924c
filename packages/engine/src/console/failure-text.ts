import type { ErrorShape } from '@context-sync/core';

import type { ConfigProblem } from '../config/config-error.ts';
import type { Failure } from './failure.ts';
import type { Style } from './style.ts';
import { alignColumns, cleanLine, cleanLines } from './terminal-text.ts';

/** What an error block says; `place` is where it happened, e.g. `confluence:ENG`. */
export interface ErrorBlock {
  readonly code: string;
  readonly place?: string | undefined;
  readonly message: string;
  readonly cause?: string | undefined;
  readonly fix?: string | undefined;
  readonly log?: string | undefined;
}

/** Problem, cause, fix and log file, one a line, safe for a terminal. */
export function errorBlock(block: ErrorBlock, style: Style): string {
  const place = block.place === undefined ? '' : `${cleanLine(block.place)}: `;
  const head = `${style('red', `error[${cleanLine(block.code)}]:`)} ${place}${cleanLines(block.message)}`;
  const rows = [
    ['cause:', block.cause],
    ['fix:', block.fix],
    ['log:', block.log],
  ].flatMap(([label = '', text]) =>
    text === undefined
      ? []
      : [`  ${style('dim', label.padEnd(6))} ${indentRest(cleanLines(text), 9)}`],
  );
  return [head, ...rows].join('\n');
}

/** An error as data, in the same form. */
export function errorShapeBlock(place: string, error: ErrorShape, style: Style): string {
  return errorBlock({ place, code: error.code, message: error.message, fix: error.hint }, style);
}

/** How {@link failureText} is to tell a failure. */
export interface FailureView {
  readonly style: Style;
  readonly verbose: boolean;
  readonly log?: string | undefined;
  /** What to type when the configuration was corrected. */
  readonly afterCorrection: string;
}

/** A failure of the whole command. Its stack is shown only on request. */
export function failureText(failure: Failure, options: FailureView): string {
  const { style, verbose, log, afterCorrection } = options;
  if (failure.problems !== undefined && failure.problems.length > 0) {
    const lines = configProblemLines(failure.problems);
    const fix = failure.fix ?? `correct this, then: ${afterCorrection}`;
    const head = `${style('red', 'error[config]:')} the configuration has ${problemCount(lines.length)}`;
    return [
      head,
      ...lines.map((line) => `  ${line}`),
      `  ${style('dim', 'fix:  ')} ${cleanLines(fix)}`,
    ].join('\n');
  }
  const isBug = failure.kind === 'bug';
  const block = errorBlock(
    {
      ...failure,
      fix:
        failure.fix ??
        (isBug ? 'this is a fault of context-sync; run it again with -v and report it' : undefined),
      log,
    },
    style,
  );
  return verbose && failure.stack !== undefined ? `${block}\n${cleanLines(failure.stack)}` : block;
}

/** One line a problem: `file:line:column  path  message`, all columns aligned. */
export function configProblemLines(problems: readonly ConfigProblem[]): string[] {
  return alignColumns(
    problems.map((problem) => [
      cleanLine(placeOf(problem)),
      cleanLine(problem.path),
      cleanLine(
        problem.hint === undefined ? problem.message : `${problem.message} — ${problem.hint}`,
      ),
    ]),
  );
}

function placeOf({ file, line, column }: ConfigProblem): string {
  if (file === undefined) return 'environment';
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function problemCount(count: number): string {
  return count === 1 ? 'a problem' : `${count} problems`;
}

function indentRest(text: string, columns: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}
