/** Something that the person at the terminal can mend; its message is the sentence to print. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}
