/** Runs a command of this package: one sentence and exit code 1 when it fails, never a stack. */
export function runCommand(command: () => Promise<void>): void {
  command().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}

/** @throws Error naming the variable when it is absent */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name}: is required`);
  return value;
}
