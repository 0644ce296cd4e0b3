// `npm run db:migrate` and `npm run db:roles`: for a server of one's own, whose URLs stand in the
// environment or in .env.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { environmentFile, ROOT } from './environment.mjs';
import { setUp } from './setup.mjs';
import { main } from './terminal.mjs';

main(async () => {
  await setUp({ build: ['database'] });
  const file = environmentFile();
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const command = join(ROOT, 'prisma', 'dist', 'bin', `${process.argv[2]}.js`);
  const env = { ...written, ...process.env };
  process.exitCode = spawnSync(process.execPath, [command], { env, stdio: 'inherit' }).status ?? 1;
});
