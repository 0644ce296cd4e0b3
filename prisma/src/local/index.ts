// What runs on a developer's machine and in tests: a real PostgreSQL from npm packages, and the same
// migrations and roles that a server gets.
export { applyRoles } from '../roles.js';
export { migrate } from '../migrate.js';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
