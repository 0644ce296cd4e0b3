export { Prisma, PrismaClient } from './generated/client.js';
export type { SecurityEvent, Session, Task, User } from './generated/client.js';
export { createDatabaseClient } from './database-client.js';
export { asUser, OwnerGoneError, type OwnerId } from './as-user.js';
export { isDatabaseOutage } from './database-outage.js';
export { assertLeastPrivilege, type AppRole } from './least-privilege.js';
