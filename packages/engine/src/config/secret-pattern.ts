import { fieldValue } from './source-config.ts';

/** The end of a field that stands for everything below: `headers.*`. */
const EVERY = '.*';

/** Whether a dotted field is named by one of the secret fields. */
export function isSecretField(field: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) =>
    secret.endsWith(EVERY) ? field.startsWith(secret.slice(0, -1)) : field === secret,
  );
}

/** Whether a dotted field is secret, or holds or lies in one that is. */
export function touchesSecret(field: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => {
    const base = secret.endsWith(EVERY) ? secret.slice(0, -EVERY.length) : secret;
    const isOne = field === '' || field === base;
    return isOne || base.startsWith(`${field}.`) || field.startsWith(`${base}.`);
  });
}

/** The secret fields that a config has, with their values. */
export function secretValues(
  config: unknown,
  secrets: readonly string[],
): { readonly path: readonly string[]; readonly value: unknown }[] {
  return secrets.flatMap((secret) => {
    const path = secret.split('.');
    if (!secret.endsWith(EVERY)) return [{ path, value: fieldValue(config, path) }];
    const parent = path.slice(0, -1);
    const members = fieldValue(config, parent);
    if (typeof members !== 'object' || members === null) return [];
    return Object.entries(members).map(([key, value]) => ({ path: [...parent, key], value }));
  });
}
