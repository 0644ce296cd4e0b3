import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, '..', '..');
const DOCUMENT = join(SOURCES, '..', '..', 'docs', 'performance.md');

/**
 * Writes the results down as data, and their report between the two marks of that name in
 * docs/performance.md.
 *
 * @param file relative to the bench's sources
 */
export function writeDown(name: string, file: string, results: object, report: string): void {
  writeFileSync(join(SOURCES, file), `${JSON.stringify(results, undefined, 2)}\n`);
  const marks = new RegExp(`(<!-- ${name}:begin -->\n)[^]*(\n<!-- ${name}:end -->)`);
  const text = readFileSync(DOCUMENT, 'utf8');
  if (!marks.test(text)) throw new Error(`docs/performance.md has no marks for ${name}`);
  writeFileSync(
    DOCUMENT,
    text.replace(marks, (_, begin, end) => `${begin}\n${report}\n${end}`),
  );
}
