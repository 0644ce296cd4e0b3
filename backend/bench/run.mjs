// `npm run bench`: brings the clone up to date, compiles the bench, and runs it. A word after it names
// one of the measurements that run the whole product.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setUp } from '../../scripts/setup.mjs';
import { main, Refusal } from '../../scripts/terminal.mjs';

const SOURCES = import.meta.dirname;
const OUTPUT = join(SOURCES, 'dist');
const OF_THE_PRODUCT = ['revocation', 'sign-in', 'events', 'chaos'];

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
  const words = process.argv.slice(2);
  const name = words.find((word) => !word.startsWith('-'));
  if (name !== undefined && !OF_THE_PRODUCT.includes(name)) {
    throw new Refusal(`There is no bench ${name}: ${OF_THE_PRODUCT.join(', ')}, or none of them.`);
  }
  await setUp(name === undefined ? { build: ['database', 'backend'] } : undefined);
  await compile();
  const entry = name === undefined ? 'bench.js' : join(name, `${name}.measurement.js`);
  const args = [join(OUTPUT, entry), ...words];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
});
