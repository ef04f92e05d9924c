function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two answers in one: objects are taken together at every depth, the second wins elsewhere. */
export function mergeJson(left: object, right: object): object {
  const merged: Record<string, unknown> = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const before = merged[name];
    merged[name] = isObject(before) && isObject(value) ? mergeJson(before, value) : value;
  }
  return merged;
}
