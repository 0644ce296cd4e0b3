/** Injection token of the Prisma client. */
export const DATABASE = Symbol('DATABASE');
