/** What moves the cursor, recolours or reorders; a new line does no more than begin one. */
export const UNPRINTABLE = /[^\P{C}\n]|[\u2028\u2029]/gu;

/** On one line of a terminal, what a stranger chose: a name, or an e-mail that was pasted. */
export const printable = (text: string) =>
  text.replaceAll(UNPRINTABLE, '\ufffd').replaceAll('\n', '\ufffd');
