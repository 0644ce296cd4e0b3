import { rm } from 'node:fs/promises';

export default async function stopDatabase() {
  const { testPostgres } = globalThis;
  if (!testPostgres) return;
  delete globalThis.testPostgres;
  await testPostgres.postgres.stop();
  await rm(testPostgres.dataDir, { recursive: true, force: true });
}
