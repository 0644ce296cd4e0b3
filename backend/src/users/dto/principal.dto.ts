import { ApiProperty } from '@nestjs/swagger';
import type { Principal } from '../../auth/index.js';

/** Who you are to this API, as your access token says. */
export class PrincipalDto {
  /** The token's `user_id`. */
  userId: string;

  /** Your e-mail address when the token was issued. */
  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  /** The session that the token was issued for. */
  sessionId: string;

  /** When the token expires, in unix seconds, as in the token itself. */
  @ApiProperty({ type: 'integer', example: 1795000000 })
  expiresAt: number;
}

export function toPrincipalDto({ userId, email, sessionId, expiresAt }: Principal): PrincipalDto {
  return { userId, email, sessionId, expiresAt };
}
