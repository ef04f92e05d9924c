/** Maps with at most `limit` calls under way; results keep their order. The first failure rejects. */
export async function mapConcurrently<Input, Output>(
  inputs: readonly Input[],
  limit: number,
  map: (input: Input) => Promise<Output>,
): Promise<Output[]> {
  const results: Output[] = Array.from({ length: inputs.length });
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < inputs.length) {
      const at = next;
      next += 1;
      results[at] = await map(inputs[at] as Input);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, work));
  return results;
}
