/**
 * What somebody was typing, kept by this tab until it is sent: a session that ends takes the page with
 * it. For that user's eyes only; never passwords or tokens.
 */
const KEY = 'tessera.drafts';

/** The fields of one form. */
export type Draft = Record<string, string>;

interface Kept {
  userId: string;
  drafts: Record<string, Draft>;
}

export function readDraft(userId: string, name: string): Draft | undefined {
  return read(userId).drafts[name];
}

export function keepDraft(userId: string, name: string, draft: Draft): void {
  const { drafts } = read(userId);
  write({ userId, drafts: { ...drafts, [name]: draft } });
}

export function dropDraft(userId: string, name: string): void {
  const { [name]: _, ...drafts } = read(userId).drafts;
  write({ userId, drafts });
}

/** To be called when a user's page opens: nothing of whoever used this tab before may stay in it. */
export function dropDraftsOfOthers(userId: string): void {
  write(read(userId));
}

function read(userId: string): Kept {
  try {
    const kept: Kept | null = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    if (kept?.userId === userId) return kept;
  } catch {
    // No storage, or not ours: then nothing was kept.
  }
  return { userId, drafts: {} };
}

function write(kept: Kept): void {
  try {
    if (Object.keys(kept.drafts).length === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full, or forbidden: the text lives as long as the page does.
  }
}
