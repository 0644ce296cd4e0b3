import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@tessera/database';
import type { GenericEndpointContext } from 'better-auth';
import { nowAndThen } from './now-and-then';
import { cookiePrefix } from './session-cookie';

const YEAR_SECONDS = 365 * 86_400;

/** 256 random bits, as this file writes them; anything else is no device of ours. */
const DEVICE = /^[\w-]{43}$/;

export interface KnownDevices {
  /** The hash under which the database may know this browser, or nothing when it brings no cookie. */
  hashOf(ctx: GenericEndpointContext): string | null;
  /**
   * Notes that the user was signed in with this browser, for whose wrong passwords nobody else answers
   * from now on, and who answers for nobody else's. For one user: the row says which, not the cookie.
   */
  rememberDevice(ctx: GenericEndpointContext, userId: string): Promise<'known' | 'new'>;
  /** After a password reset: who asked for it may have lost a device. */
  forgetDevicesOf(userId: string): Promise<void>;
}

/**
 * The browsers in which each user was signed in before. The cookie gives no access to anything: it only
 * keeps a stranger's failures from locking its owner out (FR-023). It outlives sign-out.
 */
export function createKnownDevices(db: PrismaClient, isHttps: boolean): KnownDevices {
  const cookie = `${cookiePrefix(isHttps)}.device`;
  const prune = nowAndThen(
    () => db.$executeRaw`DELETE FROM known_device WHERE last_seen_at < now() - interval '1 year'`,
  );

  const deviceOf = (ctx: GenericEndpointContext) => {
    const device = ctx.getCookie(cookie);
    return device && DEVICE.test(device) ? device : undefined;
  };

  return {
    hashOf(ctx) {
      const device = deviceOf(ctx);
      return device === undefined ? null : hashDevice(device);
    },

    async rememberDevice(ctx, userId) {
      prune();
      const device = deviceOf(ctx) ?? randomBytes(32).toString('base64url');
      // `xmax` is what an update leaves on a row and an insert does not.
      const [row] = await db.$queryRaw<[{ isNew: boolean }]>`
        INSERT INTO known_device AS d (device_hash, user_id) VALUES (${hashDevice(device)}, ${userId})
        ON CONFLICT (device_hash, user_id) DO UPDATE
          SET failures = 0, last_seen_at = CURRENT_TIMESTAMP
        RETURNING d.xmax = 0 AS "isNew"`;
      ctx.setCookie(cookie, device, {
        httpOnly: true,
        sameSite: 'lax',
        secure: isHttps,
        path: '/',
        maxAge: YEAR_SECONDS,
      });
      return row.isNew ? 'new' : 'known';
    },

    async forgetDevicesOf(userId) {
      await db.knownDevice.deleteMany({ where: { userId } });
    },
  };
}

function hashDevice(device: string): string {
  return createHash('sha256').update(device).digest('base64url');
}
