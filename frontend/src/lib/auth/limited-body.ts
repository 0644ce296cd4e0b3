/** Many times the largest form there is. */
const LIMIT_BYTES = 100_000;

/** Reads a request's body, giving up as soon as it is larger than any of ours. */
export async function limitedBody(
  request: Request,
): Promise<Uint8Array<ArrayBuffer> | undefined | 'too large'> {
  if (request.body === null) return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT_BYTES) return 'too large';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > LIMIT_BYTES) return 'too large';
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
