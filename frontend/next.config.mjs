import { join } from 'node:path';

// Plain JavaScript: the server reads this file as it starts, and in production TypeScript, by which
// Next would read a .ts one, is not installed.

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded by Node itself: native code, and a Prisma client that locates its files at run time.
  serverExternalPackages: ['@tessera/database', '@node-rs/argon2'],
  turbopack: { root: join(import.meta.dirname, '..') },
  outputFileTracingRoot: join(import.meta.dirname, '..'),
  // Our own server compresses nothing either: that is the proxy's work.
  compress: false,
  // We have no pictures to resize, and /_next/image makes requests of its own on anybody's word.
  images: { unoptimized: true },
};

export default config;
