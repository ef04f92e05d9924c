/** The part of JSON Schema (draft 4) that the schema of ADF uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Makes values of a schema from lists of numbers and words; equal lists give equal values. */
export class SchemaValues {
  readonly #definitions: Readonly<Record<string, Schema>>;
  /** How deep the smallest value of a definition nests: where a value must end, it ends that way. */
  readonly #heights = new Map<string, number>();

  constructor(root: Schema) {
    this.#definitions = root.definitions ?? {};
    for (let changed = true; changed;) {
      changed = false;
      for (const [name, schema] of Object.entries(this.#definitions)) {
        const height = this.#height(schema);
        if (height >= (this.#heights.get(name) ?? Infinity)) continue;
        this.#heights.set(name, height);
        changed = true;
      }
    }
  }

  /** Each choice takes one of the numbers; when they are used up, the smallest value is taken. */
  make(root: Schema, numbers: readonly number[], words: readonly string[]): unknown {
    const left = numbers.toReversed();
    const choose = (count: number): number => (left.pop() ?? 0) % count;
    return this.#make(root, choose, words);
  }

  #make(schema: Schema, choose: (count: number) => number, words: readonly string[]): unknown {
    const { anyOf, maximum = 9, minimum = 0, type } = this.#resolve(schema);
    if (anyOf !== undefined) {
      const smallestFirst = anyOf.toSorted((a, b) => this.#height(a) - this.#height(b));
      return this.#make(smallestFirst[choose(anyOf.length)] ?? {}, choose, words);
    }
    const resolved = this.#resolve(schema);
    if (resolved.enum !== undefined) return resolved.enum[choose(resolved.enum.length)];
    if (resolved.pattern !== undefined) return '#ff0000';
    if (type === 'string') return words[choose(words.length)] || 'x';
    if (type === 'number') return minimum + choose(maximum - minimum + 1);
    if (type === 'boolean') return choose(2) === 1;
    if (type === 'array') return this.#array(resolved, choose, words);
    if (type === 'object') return this.#object(resolved, choose, words);
    return anything[choose(anything.length)];
  }

  #array(schema: Schema, choose: (count: number) => number, words: readonly string[]): unknown[] {
    const { items, maxItems = 6, minItems = 0 } = schema;
    if (items === undefined || maxItems === 0) return [];
    const length = minItems + choose(maxItems - minItems + 1);
    return Array.from({ length }, (_, index) =>
      this.#make(itemAt(items, index), choose, words),
    );
  }

  #object(schema: Schema, choose: (count: number) => number, words: readonly string[]): unknown {
    const { properties = {}, required = [] } = schema;
    const entries = Object.entries(properties)
      .filter(([name]) => required.includes(name) || choose(4) > 0)
      .map(([name, property]) => [name, this.#make(property, choose, words)] as const);
    return Object.fromEntries(entries);
  }

  /** Follows references and puts the parts of `allOf` together; a later part wins. */
  #resolve(schema: Schema): Schema {
    if (schema.$ref !== undefined) return this.#resolve(this.#definitions[nameOf(schema.$ref)] ?? {});
    if (schema.allOf === undefined) return schema;
    const parts = schema.allOf.map((part) => this.#resolve(part));
    return {
      type: 'object',
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as NonNullable<
        Schema['properties']
      >,
      required: parts.flatMap(({ required = [] }) => required),
    };
  }

  #height(schema: Schema): number {
    const heights = (parts: readonly Schema[]): number[] => parts.map((part) => this.#height(part));
    if (schema.$ref !== undefined) return this.#heights.get(nameOf(schema.$ref)) ?? Infinity;
    if (schema.anyOf !== undefined) return Math.min(...heights(schema.anyOf));
    if (schema.allOf !== undefined) return Math.max(...heights(schema.allOf));
    if (schema.type === 'array') {
      const { items = [], minItems = 0 } = schema;
      if (minItems === 0) return 0;
      return Math.max(...heights(Array.from({ length: minItems }, (_, at) => itemAt(items, at))));
    }
    const { properties = {}, required = [] } = schema;
    return 1 + Math.max(0, ...heights(required.map((name) => properties[name] ?? {})));
  }
}

function itemAt(items: Schema | readonly Schema[], index: number): Schema {
  if (!isList(items)) return items;
  return items[Math.min(index, items.length - 1)] ?? {};
}

function isList(items: Schema | readonly Schema[]): items is readonly Schema[] {
  return Array.isArray(items);
}

function nameOf(reference: string): string {
  return reference.replace('#/definitions/', '');
}

/** For what the schema says nothing of: parameters of macros, data of cards. */
const anything: readonly unknown[] = [
  {},
  { macroParams: { title: { value: 'T *x*' }, '': { value: 'd' } } },
  { url: 'https://x.example/a_b', name: 'n' },
  [1, 'a', null],
  'text',
  null,
];
