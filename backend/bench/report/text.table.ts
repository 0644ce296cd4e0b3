/** Left-aligned first column, right-aligned others. */
export type Line = readonly string[];

/** A Markdown table, padded as prettier would, so that it is readable on a terminal too. */
export function textTable([head = [], ...lines]: readonly Line[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...lines].map((line) => (line[column] ?? '').length)),
  );
  const row = (line: Line) => {
    const cells = widths.map((width, column) => {
      const text = line[column] ?? '';
      return column === 0 ? text.padEnd(width) : text.padStart(width);
    });
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [row(head), `| ${rule.join(' | ')} |`, ...lines.map(row)].join('\n');
}
