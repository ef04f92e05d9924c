/**
 * Maps with at most `limit` calls under way; results keep their order. After a failure no further call
 * starts, and it rejects when those under way have ended.
 */
export async function mapConcurrently<Input, Output>(
  inputs: readonly Input[],
  limit: number,
  map: (input: Input) => Promise<Output>,
): Promise<Output[]> {
  const results: Output[] = Array.from({ length: inputs.length });
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < inputs.length && !hasFailed) {
      const at = next;
      next += 1;
      try {
        results[at] = await map(inputs[at] as Input);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(limit, inputs.length) }, work);
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return results;
}
