/** Holds the hashing of one password, so that a test can act while a request is in the middle of it. */
export class PasswordGate {
  #held: { password: string; arrived: () => void; opened: Promise<void> } | undefined;

  /** To be awaited by what hashes and verifies, once it is done with `password`. */
  async pass(password: string): Promise<void> {
    if (this.#held?.password !== password) return;
    this.#held.arrived();
    await this.#held.opened;
  }

  /** @returns the first arrival, and what lets everybody go on */
  hold(password: string): { arrival: Promise<void>; open: () => void } {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const arrival = new Promise<void>((resolve) => {
      this.#held = { password, arrived: resolve, opened };
    });
    return { arrival, open };
  }
}
