import { classNames } from '@/lib/class-names';
import type { PasswordStrength } from '@/lib/password-strength';

const LEVELS = {
  0: { bars: 1, word: 'very weak', colour: 'bg-bad' },
  1: { bars: 1, word: 'weak', colour: 'bg-bad' },
  2: { bars: 2, word: 'fair', colour: 'bg-line-strong' },
  3: { bars: 3, word: 'good', colour: 'bg-good' },
  4: { bars: 4, word: 'strong', colour: 'bg-good' },
} as const;

/** How hard the password is to guess, and why; it advises, only the rules decide (SC-008). */
export function PasswordMeter({ strength }: { strength: PasswordStrength | undefined }) {
  const level = strength && LEVELS[strength.score];
  return (
    <div className="grid gap-1.5">
      <div aria-hidden className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={classNames(
              'h-1.5 rounded-[2px] bg-line transition-colors',
              level && bar <= level.bars && level.colour,
            )}
          />
        ))}
      </div>
      <p aria-live="polite" className="min-h-5 text-sm text-ink-soft">
        {level && (
          <>
            Strength: <span className="font-medium text-ink">{level.word}</span>
            {strength.warning !== null && `. ${strength.warning}`}
          </>
        )}
      </p>
    </div>
  );
}
