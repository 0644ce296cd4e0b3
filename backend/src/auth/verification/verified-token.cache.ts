import { hash } from 'node:crypto';

/**
 * Remembers what was verified, by the SHA-256 of the whole token, so that no memory dump holds a heap of
 * usable tokens. Bounded: what was used least recently goes, half of it at a time, which costs a third
 * of keeping an exact order; half of the size is what is sure to be kept.
 */
export class VerifiedTokenCache<Verified extends object> {
  private recent = new Map<string, Verified>();
  private older = new Map<string, Verified>();
  private readonly generationSize: number;

  /** @param maxEntries 0 remembers nothing */
  constructor(maxEntries: number) {
    this.generationSize = Math.ceil(maxEntries / 2);
  }

  digestOf(token: string): string {
    return this.generationSize > 0 ? hash('sha256', token, 'base64url') : '';
  }

  get(digest: string): Verified | undefined {
    const recent = this.recent.get(digest);
    if (recent !== undefined) return recent;
    const older = this.older.get(digest);
    if (older !== undefined) this.set(digest, older);
    return older;
  }

  set(digest: string, verified: Verified): void {
    if (this.generationSize === 0) return;
    if (this.recent.size >= this.generationSize) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(digest, verified);
  }

  delete(digest: string): void {
    this.recent.delete(digest);
    this.older.delete(digest);
  }
}
