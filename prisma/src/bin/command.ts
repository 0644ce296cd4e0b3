/** Runs a command on the database of `DATABASE_URL`: one sentence and exit code 1 when it fails. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: unknown) => {
    const sentence = error instanceof Error ? error.message : String(error);
    console.error(/^[A-Z_]+: /.test(sentence) ? sentence : `DATABASE_URL: ${sentence}`);
    process.exitCode = 1;
  });
}

/** @throws Error naming the variable when it is absent */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name}: is required`);
  return value;
}
