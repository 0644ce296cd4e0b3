/**
 * The ids of revoked sessions, each for as long as a token of it could live. A live one is never
 * dropped to make room: what does not fit is said, not forgotten.
 */
export class RevokedSessions {
  /** When each was heard of first. In that order, as the clock only runs forward. */
  private readonly heardAt = new Map<string, number>();

  /**
   * @param keepMs how long an id is kept after it was heard of
   * @param maxEntries how many are kept at the most
   */
  constructor(
    private readonly keepMs: number,
    private readonly maxEntries: number,
  ) {}

  has(sessionId: string): boolean {
    return this.heardAt.has(sessionId);
  }

  /**
   * @param now milliseconds of a clock that never jumps
   * @returns whether all of them are known now; `false` when there was no room
   */
  add(sessionIds: readonly string[], now: number): boolean {
    this.dropDead(now);
    for (const sessionId of sessionIds) {
      if (this.heardAt.has(sessionId)) continue;
      if (this.heardAt.size >= this.maxEntries) return false;
      this.heardAt.set(sessionId, now);
    }
    return true;
  }

  private dropDead(now: number): void {
    for (const [sessionId, heardAt] of this.heardAt) {
      if (now - heardAt <= this.keepMs) return;
      this.heardAt.delete(sessionId);
    }
  }
}
