import { createServer } from 'node:net';
import { Refusal } from './terminal.mjs';

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}

/** A port that is free now. */
export const freePort = () => listen(0);

/** Refuses, with the variable to change, when an app's port cannot be used. */
export async function assertPortFree(variable, value) {
  if (!/^[0-9]{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65_535) {
    throw new Refusal(`${variable}: must be a port between 1 and 65535.`);
  }
  try {
    await listen(Number(value));
  } catch (error) {
    const why =
      error.code === 'EADDRINUSE'
        ? 'is taken by another program'
        : `cannot be used (${error.code})`;
    throw new Refusal(
      `Port ${value} ${why}: stop that program, or set ${variable} to another port.`,
    );
  }
}
