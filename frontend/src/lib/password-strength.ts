import { normalizePassword, type PasswordContext } from './password-policy';

export interface PasswordStrength {
  /** From "guessed at once" to "more guesses than anybody has". */
  score: 0 | 1 | 2 | 3 | 4;
  warning: string | null;
  /** The server will refuse it. */
  isCommon: boolean;
}

export type PasswordStrengthOf = (password: string, context: PasswordContext) => PasswordStrength;

/** Beyond this a password is strong, and the estimate slow. */
const LONGEST_ESTIMATED = 64;

/** By zxcvbn's own names. */
const WARNINGS: Record<string, string> = {
  straightRow: 'A row of neighbouring keys is easy to guess.',
  keyPattern: 'A short pattern on the keyboard is easy to guess.',
  simpleRepeat: 'The same character again and again is easy to guess.',
  extendedRepeat: 'The same characters again and again are easy to guess.',
  sequences: 'A sequence such as "abc" is easy to guess.',
  recentYears: 'A recent year is easy to guess.',
  dates: 'A date is easy to guess.',
  topTen: 'This is one of the ten most used passwords.',
  topHundred: 'This is one of the most used passwords.',
  common: 'Many people use this password.',
  similarToCommon: 'This is close to a password that many people use.',
  wordByItself: 'A single word is easy to guess.',
  userInputs: 'Your own name or e-mail is easy to guess.',
};

let loading: Promise<PasswordStrengthOf> | undefined;

/** Loads the estimator when a form first needs it: with its word lists it outweighs the rest of the page. */
export function loadPasswordStrength(): Promise<PasswordStrengthOf> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<PasswordStrengthOf> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const estimator = new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    maxLength: LONGEST_ESTIMATED,
  });
  const common = new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
  return (password, { email = '', name = '' }) => {
    const normalized = normalizePassword(password);
    const own = [email, ...email.split('@'), name, ...name.split(/\s+/)].filter(Boolean);
    const { score, feedback } = estimator.check(normalized, own);
    const warning = WARNINGS[feedback.warning ?? ''] ?? null;
    return { score, warning, isCommon: common.has(normalized.toLowerCase()) };
  };
}
