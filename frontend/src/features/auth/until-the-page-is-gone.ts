/** Keeps a form busy while the browser loads the next page, so that nobody sends it twice. */
export function untilThePageIsGone(): Promise<never> {
  return new Promise(() => undefined);
}
