import { Check } from 'lucide-react';
import { classNames } from '@/lib/class-names';
import { missedPasswordRules, PASSWORD_RULES } from '@/lib/password-policy';

/** The rules, ticked off while one types (SC-008). The upper bound shows only when it is passed. */
export function PasswordChecklist({ id, password }: { id: string; password: string }) {
  const missed = new Set(missedPasswordRules(password).map((rule) => rule.id));
  const rules = PASSWORD_RULES.filter((rule) => rule.id !== 'maximum' || missed.has('maximum'));
  return (
    <ul id={id} className="grid gap-x-4 gap-y-1 text-sm min-[26rem]:grid-cols-2">
      {rules.map((rule) => {
        const holds = password !== '' && !missed.has(rule.id);
        return (
          <li
            key={rule.id}
            className={classNames(
              'flex items-center gap-2 transition-colors',
              holds ? 'text-good' : 'text-ink-soft',
            )}
          >
            <span
              aria-hidden
              className={classNames(
                'grid size-4 place-items-center rounded-[3px] border transition-colors',
                holds ? 'border-good bg-good text-paper' : 'border-line-strong',
              )}
            >
              {holds && <Check strokeWidth={3.5} className="size-3" />}
            </span>
            {rule.text}
            <span className="sr-only">{holds ? ' (met)' : ' (not met yet)'}</span>
          </li>
        );
      })}
    </ul>
  );
}
