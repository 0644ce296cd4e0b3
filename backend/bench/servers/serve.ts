import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Connects a listening server with the bench that started it: tells its port, answers every message
 * with the CPU time that this process has used, and ends with its parent.
 */
export function serve(server: Server): void {
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port: (server.address() as AddressInfo).port });
}
