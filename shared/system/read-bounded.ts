/**
 * The body of a response, read no further than its longest length: also a compressed one, which
 * grows while it is read.
 * @throws if it has more bytes
 */
export async function readBounded({ body }: Response, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostBytes) throw new Error('The response is too large.');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
