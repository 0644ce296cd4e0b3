// `npm run bench`: brings the clone up to date, compiles the bench, and runs it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setUp } from '../../scripts/setup.mjs';
import { main } from '../../scripts/terminal.mjs';

const SOURCES = import.meta.dirname;
const OUTPUT = join(SOURCES, 'dist');

/** File by file, without types: those are checked with all others, and this takes no time. */
async function compile() {
  // Not at the top: on a fresh clone nothing is installed yet.
  const { transformFileSync } = await import('@swc/core');
  rmSync(OUTPUT, { recursive: true, force: true });
  for (const file of readdirSync(SOURCES, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const { code } = transformFileSync(join(SOURCES, file), {
      swcrc: false,
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: {
          legacyDecorator: true,
          decoratorMetadata: true,
          useDefineForClassFields: false,
        },
      },
      module: { type: 'es6' },
    });
    const output = join(OUTPUT, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, code);
  }
}

main(async () => {
  await setUp({ build: ['database', 'backend'] });
  await compile();
  const args = [join(OUTPUT, 'bench.js'), ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
});
