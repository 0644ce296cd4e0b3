let given = 0;

/** An address that nobody had before, in a network that nobody had before. */
export function clientAddress(): string {
  given += 1;
  return `10.${(given >> 8) & 255}.${given & 255}.7`;
}
