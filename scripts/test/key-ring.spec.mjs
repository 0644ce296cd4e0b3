import { randomBytes } from 'node:crypto';
import { parseEnv } from 'node:util';
import { keyIdOfSecret } from '@tessera/database/contract';
import { add, keyIdOf, promote, readKeyRing, retire, writeKeyRing } from '../key-ring.mjs';

const START = Date.parse('2026-11-20T03:00:00Z');
const FIRST = randomBytes(48).toString('base64url');
const BY_HAND = randomBytes(48).toString('base64url');
const TTL = 900;

const minutes = (count) => new Date(START + count * 60_000);
const kids = (keys) => keys.map(({ kid }) => kid);

/** One step on a text, as the command does it. */
const take = (step, text, now, options = {}) =>
  writeKeyRing(text, step(readKeyRing(text), { now, ttlSeconds: TTL, ...options }));

const added = (text = `JWT_SECRET=${FIRST}\n`) => take(add, text, minutes(0));
const promoted = () => take(promote, added(), minutes(2));

describe('a rotation of the shared secret (FR-016)', () => {
  it('knows keys by the ids that the apps give them', () => {
    for (const secret of [FIRST, BY_HAND, 'ä€'.repeat(20)]) {
      expect(keyIdOf(secret)).toBe(keyIdOfSecret(secret));
    }
  });

  it('adds a fresh secret that is accepted and does not sign', () => {
    const { JWT_SECRET, JWT_ACCEPTED_SECRETS } = parseEnv(added());
    expect(JWT_SECRET).toBe(FIRST);
    expect(Buffer.from(JWT_ACCEPTED_SECRETS, 'base64url')).toHaveLength(48);
    expect(parseEnv(added()).JWT_ACCEPTED_SECRETS).not.toBe(JWT_ACCEPTED_SECRETS);
  });

  it('promotes it, and goes on accepting the one before', () => {
    const text = added();
    const { JWT_SECRET, JWT_ACCEPTED_SECRETS } = parseEnv(take(promote, text, minutes(1)));
    expect(JWT_SECRET).toBe(parseEnv(text).JWT_ACCEPTED_SECRETS);
    expect(JWT_ACCEPTED_SECRETS).toBe(FIRST);
  });

  it('retires the one before when its last token has ended, and no trace of it stays', () => {
    const text = promoted();
    const after = take(retire, text, minutes(2 + 15 + 1));
    expect(parseEnv(after)).toEqual({ ...parseEnv(text), JWT_ACCEPTED_SECRETS: '' });
    expect(after).not.toContain(FIRST);
    expect(after).not.toContain(keyIdOf(FIRST));
  });

  it('remembers its times in the file, and writes no secret beside them', () => {
    const notes = promoted()
      .split('\n')
      .filter((line) => line.startsWith('#'));
    const [fresh] = kids([readKeyRing(promoted()).signing]);
    expect(notes.map((note) => note.replace(/key \S+:/, 'key:'))).toEqual([
      '# key: added 2026-11-20T03:00:00.000Z promoted 2026-11-20T03:02:00.000Z',
      '# key: replaced 2026-11-20T03:02:00.000Z',
    ]);
    expect(fresh).toHaveLength(8);
    expect(notes[1]).toContain(keyIdOf(FIRST));
  });

  it('leaves every other byte as it is, ten times over', () => {
    const [head, tail] = ["# mine\r\nexport A='1' # x\r\n", '\r\n\r\nB="2\r\n3"\r\n#end'];
    let text = `${head}export JWT_SECRET="${FIRST}" # signs${tail}`;
    for (let round = 0; round < 10; round++) {
      const signing = parseEnv(text).JWT_SECRET;
      text = take(add, text, minutes(round * 100));
      text = take(promote, text, minutes(round * 100 + 1));
      text = take(retire, text, minutes(round * 100 + 99));
      expect(text).not.toContain(signing);
    }
    const { JWT_SECRET } = parseEnv(text);
    expect(text).toBe(
      `${head}export JWT_SECRET="${JWT_SECRET}" # signs${tail}\r\nJWT_ACCEPTED_SECRETS=\r\n` +
        `# key ${keyIdOf(JWT_SECRET)}: added 2026-11-20T18:00:00.000Z promoted 2026-11-20T18:01:00.000Z\r\n`,
    );
  });

  it('keeps what is accepted by hand until it is retired by name', () => {
    const byHand = `JWT_SECRET=${FIRST}\nJWT_ACCEPTED_SECRETS=,${BY_HAND},${FIRST},${BY_HAND}\n`;
    const text = take(promote, added(byHand), minutes(1));
    expect(kids(readKeyRing(text).accepted)).toEqual([keyIdOf(BY_HAND), keyIdOf(FIRST)]);
    const after = take(retire, text, minutes(1), { kid: keyIdOf(BY_HAND), force: true });
    expect(kids(readKeyRing(after).accepted)).toEqual([keyIdOf(FIRST)]);
  });

  it('gives up an added key that is named, since it has never signed', () => {
    const text = added();
    const [{ kid }] = readKeyRing(text).accepted;
    const after = take(retire, text, minutes(0), { kid });
    expect(readKeyRing(after).accepted).toEqual([]);
    expect(parseEnv(after).JWT_SECRET).toBe(FIRST);
  });
});

describe('a step out of order is refused', () => {
  const byHand = `JWT_SECRET=${FIRST}\nJWT_ACCEPTED_SECRETS=${BY_HAND}\n`;

  it.each([
    ['to add a second key while one waits', add, added, minutes(9), {}, /waits: promote/],
    ['to promote what was not added', promote, () => byHand, minutes(9), {}, /add one first/],
    ['to promote the key that was replaced', promote, promoted, minutes(9), {}, /add one first/],
    ['to promote within a minute', promote, added, minutes(0.9), {}, /every API.*03:01:00Z/i],
    ['to retire within JWT_TTL', retire, promoted, minutes(17.9), {}, /03:18:00Z/],
    ['to retire one of unknown age', retire, () => byHand, minutes(99), {}, /Nobody knows/],
    ['to retire when nothing was replaced', retire, added, minutes(99), {}, /no replaced key/],
    ['to retire the key that signs', retire, promoted, minutes(99), { kid: 'signing' }, /signs:/],
    ['to retire a stranger', retire, promoted, minutes(99), { kid: 'AAAAAAAA' }, /No accepted key/],
    ['without a JWT_SECRET', add, () => 'A=1\n', minutes(0), {}, /no JWT_SECRET/],
  ])('%s', (_what, step, text, now, options, why) => {
    const before = text();
    const kid = options.kid === 'signing' ? readKeyRing(before).signing.kid : options.kid;
    expect(() => take(step, before, now, { ...options, kid })).toThrow(why);
  });

  it('unless --now says that it is known: promote and retire', () => {
    const text = take(promote, added(), minutes(0), { force: true });
    expect(parseEnv(text).JWT_SECRET).not.toBe(FIRST);
    expect(parseEnv(take(retire, text, minutes(0), { force: true })).JWT_ACCEPTED_SECRETS).toBe('');
  });

  it('when a time cannot be read, or lies ahead', () => {
    const broken = promoted().replace(/replaced \S+/, 'replaced yesterday');
    expect(() => take(retire, broken, minutes(99))).toThrow(/Nobody knows/);
    const ahead = promoted().replace(/replaced 2026/, 'replaced 2027');
    expect(() => take(retire, ahead, minutes(99))).toThrow(/2027/);
  });

  it('when a value of the file holds a line that looks like ours', () => {
    const text = `JWT_SECRET=${FIRST}\nNOTE="\n# key AAAAAAAA: added ${minutes(0).toISOString()}\n"\n`;
    expect(() => take(add, text, minutes(0))).toThrow(/cannot be changed safely/);
  });
});
