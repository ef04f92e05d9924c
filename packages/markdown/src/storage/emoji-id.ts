/** The emoji whose id lists its code points, e.g. `1f1e9-1f1ea`; `undefined` for one that the site has. */
export function emojiOf(id: string | undefined): string | undefined {
  if (id === undefined || !/^[\da-f]{2,6}(?:-[\da-f]{2,6})*$/i.test(id)) return undefined;
  const points = id.split('-').map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff && (point < 0xd800 || point > 0xdfff))
    ? String.fromCodePoint(...points)
    : undefined;
}
