import type { Invocation } from './invocation.ts';

/** Fields of errors and checks that may name a command to type. */
const TEXTS = new Set(['message', 'hint', 'fix']);

const COMMAND = /`context-sync ([^`\n]+)`/g;

/**
 * A copy of data in which the messages and hints name commands that mean the same config and mirror as
 * this one. The engine and the connectors know neither; they write commands in backticks.
 */
export function withCommands<Value>(value: Value, nextCommand: Invocation['nextCommand']): Value {
  const complete = (text: string): string =>
    text.replace(COMMAND, (_, words: string) => nextCommand(...words.split(' ')));
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, entry]) => [
        key,
        typeof entry === 'string' && TEXTS.has(key) ? complete(entry) : walk(entry),
      ]),
    );
  };
  return walk(value) as Value;
}
