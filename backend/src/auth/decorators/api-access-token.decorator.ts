import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiUnauthorizedResponse, getSchemaPath } from '@nestjs/swagger';

/** Name of the security scheme in the OpenAPI document. */
export const ACCESS_TOKEN_SCHEME = 'access-token';

/** The body of a refusal, by the schema that the application registers as `Problem`. */
export const problemContent = {
  'application/problem+json': { schema: { $ref: getSchemaPath('Problem') } },
};

/** Documents that a route wants an access token, and what it answers without a good one. */
export const ApiAccessToken = () =>
  applyDecorators(
    ApiBearerAuth(ACCESS_TOKEN_SCHEME),
    ApiUnauthorizedResponse({
      description:
        '`missing_token`: no token was sent. `invalid_token`: it is expired, revoked, malformed or not valid here, or its user is gone. Mend: authorize with a fresh token.',
      headers: {
        'WWW-Authenticate': {
          description: 'RFC 6750 challenge. It carries an error code only where a token was sent.',
          schema: { type: 'string', example: 'Bearer error="invalid_token"' },
        },
      },
      content: problemContent,
    }),
  );
