import type { RefusalCode } from './refusal.codes.js';
import type { RefusalException } from './refusal.exception.js';

const NEW_TOKEN = 'Get a new token from GET /api/auth/token of the web app.';
const SIGNER = 'Mint the token as the web app does, or compare how both apps are configured.';

/** For each refusal: which rule it is, and how to mend what broke it. For developers and testers. */
const explanations: Record<RefusalCode, string> = {
  missing_token:
    'The request has no `Authorization: Bearer <token>` header. Send one; a token in a query, a cookie or a body is not looked at.',
  ambiguous_token: 'The request has several Authorization headers. Send exactly one.',
  oversized_token: 'The Authorization header is longer than 8 kB. Put fewer claims into the token.',
  malformed_token:
    'The token is not three segments of canonical base64url with JSON objects in the first two, or a member stands in one twice. Send it as it was issued: without quotes, blanks, padding or line breaks.',
  unsupported_algorithm:
    "The header's `alg` is not the algorithm of the key that `kid` names. The token never chooses it. " +
    SIGNER,
  unsupported_header:
    'The header has a member that is not supported here (`crit`, `b64`, `zip`, `cty`, `jku`, `jwk`, `x5u`, `x5c`), a `typ` other than `JWT` or `at+jwt`, or a `kid` that is no string. ' +
    SIGNER,
  unknown_key:
    'No key of this API has the `kid` of the token: another deployment issued it, or its key was retired. ' +
    NEW_TOKEN,
  bad_signature:
    'The signature was not made by the key that `kid` names over exactly this header and these claims. Do not edit a token; check that both apps have the same JWT_SECRET.',
  expired: `The time of \`exp\` has come. ${NEW_TOKEN}`,
  not_yet_valid:
    'The time of `nbf` has not come yet. Wait, or compare the clocks of both machines.',
  issued_in_future:
    '`iat` lies more than a minute ahead. Compare the clocks of the machines that issue and verify.',
  excessive_life:
    'The token lives longer, from `iat` to `exp`, than this API accepts. Lower JWT_TTL, or raise the option maxTokenLifeSeconds.',
  wrong_issuer:
    '`iss` is not the issuer that this API expects. Compare JWT_ISSUER and WEB_URL of both apps.',
  wrong_audience: '`aud` does not name this API. Compare JWT_AUDIENCE and API_URL of both apps.',
  missing_claim: `A required claim is absent. ${SIGNER}`,
  invalid_claim: `A claim has the wrong type, is empty, or \`sub\` and \`user_id\` differ. ${SIGNER}`,
  revoked: `The session of the token has ended: signed out, ended from another device, or by a new password or a ban. ${NEW_TOKEN}`,
  rejected: "The token is good, and the application's own JwtStrategy.validate() refused it.",
  owner_gone: 'The token is good, but its user was deleted. Sign in as another user.',
  foreign_owner:
    "The token is good, but the user id in the address is another user's. Use the `user_id` of your token.",
};

/**
 * Says which rule refused a request, and how to mend it. Not for production, where it would tell a
 * forger how far a forgery got.
 */
export function explainRefusal({ code, claim }: RefusalException): string {
  return claim === undefined ? explanations[code] : `${explanations[code]} (${claim})`;
}
