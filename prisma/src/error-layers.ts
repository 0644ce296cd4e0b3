/** An error and what it wraps: Prisma, its driver adapter and the driver each add a layer. */
export function* errorLayers(error: unknown, depth = 0): Generator<Record<string, unknown>> {
  if (typeof error !== 'object' || error === null || depth > 6) return;
  const layer = error as Record<string, unknown>;
  yield layer;
  for (const inner of [layer['cause'], layer['meta'], layer['driverAdapterError']]) {
    yield* errorLayers(inner, depth + 1);
  }
}

/** The codes of a layer, of whichever of the three it is. */
export function codesOf(layer: Record<string, unknown>): string[] {
  const codes = [layer['code'], layer['errorCode'], layer['originalCode']];
  return codes.filter((code) => typeof code === 'string');
}
