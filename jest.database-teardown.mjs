export default async function stopDatabase() {
  const { testPostgres } = globalThis;
  delete globalThis.testPostgres;
  await testPostgres?.destroy();
}
