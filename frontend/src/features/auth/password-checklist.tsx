import { Check } from 'lucide-react';
import { classNames } from '@/lib/class-names';
import {
  COMMON_PASSWORD_RULE,
  missedPasswordRules,
  type PasswordContext,
  type PasswordPolicy,
  passwordRules,
} from '@/lib/password-policy';

interface PasswordChecklistProps {
  id: string;
  policy: PasswordPolicy;
  password: string;
  context: PasswordContext;
  /** Known only to the strength meter's list. */
  isCommon: boolean;
}

/** Nobody needs to be told of these before they break them. */
const RARE = new Set(['maximum', 'personal', 'common']);

/** The rules, ticked off while one types (SC-008). */
export function PasswordChecklist(props: PasswordChecklistProps) {
  const { id, policy, password, context, isCommon } = props;
  const missed = new Set(missedPasswordRules(password, policy, context).map((rule) => rule.id));
  if (isCommon) missed.add('common');
  const rules = [...passwordRules(policy), COMMON_PASSWORD_RULE].filter(
    (rule) => !RARE.has(rule.id) || missed.has(rule.id),
  );
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
