import type { z as Zod } from 'zod';

import { outputFormats } from '../output-format.ts';
import type { MaxDelete, SourceSettings } from './source-config.ts';

/** The fields of the engine in a source; all others belong to the connector. */
export const ENGINE_FIELDS: readonly string[] = [
  'type',
  'connector',
  'enabled',
  'limits',
  'maxDelete',
  'reconcileEvery',
  'durability',
  'output',
];

/** The engine's part of a source, read. */
export interface SourceFields {
  readonly type?: string | undefined;
  readonly connector?: unknown;
  readonly enabled: boolean;
  readonly settings: SourceSettings;
}

/** The schemas of a config file. The top level keeps `defaults` and `sources` for the other two. */
export interface ConfigSchemas {
  readonly top: Zod.ZodType<{
    readonly sources?: Readonly<Record<string, unknown>> | null | undefined;
  }>;
  readonly defaults: Zod.ZodType<SourceSettings>;
  readonly source: Zod.ZodType<SourceFields>;
}

const MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Makes the schemas; zod is loaded by the first call. */
export async function createConfigSchemas(): Promise<ConfigSchemas> {
  const { z } = await import('zod');
  const fields = settingsFields(z);
  return {
    top: z.strictObject({
      $schema: z.string().nullish(),
      version: z
        .literal(1, 'This context-sync reads configs of version 1; write: version: 1')
        .nullish(),
      root: z.unknown().optional(),
      defaults: z.unknown().optional(),
      sources: z.record(z.string(), z.unknown()).nullish(),
    }),
    defaults: z
      .strictObject(fields)
      .nullish()
      .transform((read) => toSettings(read ?? {})),
    source: z
      .looseObject({
        type: z.string().min(1).nullish(),
        connector: z.unknown().optional(),
        enabled: z.boolean().nullish(),
        ...fields,
      })
      .transform(({ type, connector, enabled, ...read }) => ({
        type: type ?? undefined,
        connector,
        enabled: enabled ?? true,
        settings: toSettings(read),
      })),
  };
}

type Settings = ReturnType<typeof settingsFields>;

function settingsFields(z: typeof Zod) {
  const positive = z.number().positive();
  const count = z.int().positive();
  const maxDeleteForm = 'Expected a number of documents or a percentage, e.g. 50 or 25%';
  const reconcileEveryForm = 'Expected a time with its unit, e.g. 12h or 1d';
  return {
    limits: z
      .strictObject({
        requestsPerSecond: positive.exactOptional(),
        concurrency: count.exactOptional(),
        timeoutMs: count.exactOptional(),
        deadlineMs: count.exactOptional(),
        retries: z.int().min(0).exactOptional(),
        maxResponseBytes: count.exactOptional(),
      })
      .nullish(),
    maxDelete: z
      .union([z.int().min(0), z.string().regex(/^(100|\d{1,2})(\.\d+)? ?%$/, maxDeleteForm)], {
        error: maxDeleteForm,
      })
      .nullish(),
    reconcileEvery: z
      .string(reconcileEveryForm)
      .regex(/^\d+(\.\d+)? ?[smhdw]$/, reconcileEveryForm)
      .nullish(),
    durability: z.enum(['process', 'power'], 'Expected process or power').nullish(),
    output: z.enum(outputFormats, 'Expected markdown or html').nullish(),
  };
}

function toSettings(read: {
  [Name in keyof Settings]?: Zod.output<Settings[Name]>;
}): SourceSettings {
  const { limits, maxDelete, reconcileEvery, durability, output } = read;
  return {
    ...(limits ? { limits } : {}),
    ...(maxDelete === undefined || maxDelete === null ? {} : { maxDelete: toMaxDelete(maxDelete) }),
    ...(reconcileEvery ? { reconcileEveryMs: toMilliseconds(reconcileEvery) } : {}),
    ...(durability ? { durability } : {}),
    ...(output ? { output } : {}),
  };
}

function toMaxDelete(value: number | string): MaxDelete {
  return typeof value === 'number'
    ? { count: value }
    : { fraction: Number.parseFloat(value) / 100 };
}

function toMilliseconds(text: string): number {
  const unit = text.at(-1) ?? '';
  return Number.parseFloat(text) * (unit in MS ? MS[unit as keyof typeof MS] : 0);
}
