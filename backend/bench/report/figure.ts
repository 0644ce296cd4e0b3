import { textTable } from './text.table.js';

/** What we claim, and what one run has found. */
export interface Figure {
  readonly claim: string;
  readonly reached: string;
  readonly holds: boolean;
}

export const figureTable = (figures: readonly Figure[]) =>
  textTable([
    ['Claim', 'Reached', 'Holds'],
    ...figures.map(({ claim, reached, holds }) => [claim, reached, holds ? '✓' : '✗']),
  ]);

/** One line for the terminal, as soon as it is known. */
export function say({ claim, reached, holds }: Figure): void {
  console.log(`${holds ? 'ok    ' : 'NOT OK'}  ${claim}: ${reached}`);
}
