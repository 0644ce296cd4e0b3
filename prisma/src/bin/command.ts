import { OperatorError } from '../local/operator-error.js';

/** Runs a command on the database of `DATABASE_URL`: one sentence and exit code 1 when it fails. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: unknown) => {
    const sentence = error instanceof Error ? error.message || codeOf(error) : String(error);
    const isWhole = error instanceof OperatorError || /^[A-Z_]+: /.test(sentence);
    console.error(isWhole ? sentence : `DATABASE_URL: ${sentence}`);
    process.exitCode = 1;
  });
}

/** A host with several addresses of which none answers gives an error without a message. */
const codeOf = (error: Error) => ('code' in error ? String(error.code) : error.name);

export const optional = (name: string): string | undefined => process.env[name] || undefined;

/** @throws Error naming the variable when it is absent */
export function required(name: string): string {
  const value = optional(name);
  if (value === undefined) throw new Error(`${name}: is required`);
  return value;
}
