import fc from 'fast-check';
import {
  claimsText,
  GOOD_CLAIMS,
  headerText,
  NOW,
  verbatim,
  type Members,
  type TokenDraft,
} from './token.draft.js';

const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom('1e999', '-0', '5e-324', String.raw`"\ud800"`).map(verbatim),
);

/** Now and then another value, or none, in place of a good one. */
const mostly = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: good, weight: 60 },
    { arbitrary: anyValue, weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: value, weight: 1 }, { arbitrary: fc.constant(undefined), weight: 9 });

/** Seconds on both sides of every boundary there is. */
const around = (...moments: readonly number[]): fc.Arbitrary<number> =>
  fc
    .tuple(fc.constantFrom(...moments), fc.integer({ min: -7, max: 7 }), fc.constantFrom(0, 0, 0.5))
    .map(([moment, seconds, fraction]) => NOW + moment + seconds + fraction);

const id = fc.oneof(fc.constant('ada'), fc.string({ unit: 'grapheme', minLength: 1 }));
const others = fc.dictionary(fc.string({ unit: 'grapheme' }), anyValue, { maxKeys: 3 });
const audience = fc.oneof(
  fc.constant(GOOD_CLAIMS['aud']),
  fc.shuffledSubarray([GOOD_CLAIMS['aud'], 'x', 'y', 'z'], { minLength: 1 }),
);

const claims: fc.Arbitrary<Members> = fc
  .record({
    others,
    user: mostly(id),
    named: fc.record({
      iss: mostly(fc.constant(GOOD_CLAIMS['iss'])),
      aud: mostly(audience),
      iat: mostly(around(0, 60, -300, -440)),
      exp: mostly(around(-4, 30, 300, 445)),
      jti: mostly(id),
      sid: mostly(id),
      email: mostly(fc.emailAddress()),
    }),
    nbf: seldom(mostly(around(0, -10))),
    sub: seldom(id),
  })
  .map(({ others, user, named, nbf, sub }) =>
    Object.assign({}, others, named, { nbf, user_id: user, sub: sub ?? user }),
  );

const header: fc.Arbitrary<Members> = fc
  .record({
    typ: mostly(fc.constantFrom('JWT', 'at+jwt')),
    others: seldom(fc.constantFrom('crit', 'b64', 'zip', 'x5t', 'iss')),
  })
  .map(({ typ, others }) => (others === undefined ? { typ } : { typ, [others]: ['b64'] }));

/** Tokens of all kinds of headers and claims, truly signed; a third of them good. */
export const arbitraryDraft: fc.Arbitrary<Partial<TokenDraft>> = fc
  .record({ header, claims })
  .map(({ header, claims }) => ({
    header: (signer) => headerText(signer, header),
    claims: () => claimsText(claims),
  }));
