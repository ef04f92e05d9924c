/** A connector's definition, as far as its options are in it. */
interface Described {
  readonly configSchema: object;
}

export function withOptionTable(readme: string, definition: Described): string;
export function withoutAlignment(markdown: string): string;
