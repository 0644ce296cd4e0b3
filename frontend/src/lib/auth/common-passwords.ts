let loading: Promise<ReadonlySet<string>> | undefined;

/**
 * Tells whether a password is among the 49 000 most used ones, in upper or lower case. The list is
 * loaded when the first password is set; signing in never needs it.
 *
 * @param password normalised
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  return (await (loading ??= load())).has(password.toLowerCase());
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].map((password) => password.toLowerCase()));
}
