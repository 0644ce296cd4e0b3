import { join } from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded by Node itself: native code, and a Prisma client that locates its files at run time.
  serverExternalPackages: ['@tessera/database', '@node-rs/argon2'],
  turbopack: { root: join(import.meta.dirname, '..') },
  outputFileTracingRoot: join(import.meta.dirname, '..'),
  // Our own server compresses nothing either: that is the proxy's work.
  compress: false,
};

export default config;
