// `npm run users -- list|ban|unban|sign-out|delete`: accounts of the product that runs from here, or of
// the server of DATABASE_URL.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { belowRealEnvironment, dataDirOf, environmentFile, ROOT } from './environment.mjs';
import { main, Refusal } from './terminal.mjs';

main(async () => {
  const command = join(ROOT, 'prisma', 'dist', 'bin', 'users.js');
  // Builds nothing: what runs is made of what a build would replace.
  if (!existsSync(command)) throw new Refusal('Tessera is not built yet: npm run setup does it.');
  const file = environmentFile();
  const settings = belowRealEnvironment(
    existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {},
  );
  const env = { ...settings, DATA_DIR: dataDirOf(settings) };
  const args = [command, ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { env, stdio: 'inherit' }).status ?? 1;
});
