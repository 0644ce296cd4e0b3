'use client';

import { useDeferredValue, useEffect, useState } from 'react';
import type { PasswordContext } from '@/lib/password-policy';
import {
  loadPasswordStrength,
  type PasswordStrength,
  type PasswordStrengthOf,
} from '@/lib/password-strength';

/** How hard a password is to guess; undefined until the estimator is loaded, and without a password. */
export function usePasswordStrength(
  password: string,
  context: PasswordContext,
): PasswordStrength | undefined {
  const [strengthOf, setStrengthOf] = useState<PasswordStrengthOf>();
  // It may take a moment; typing does not wait for it.
  const typed = useDeferredValue(password);
  const isTyping = typed !== '';
  useEffect(() => {
    if (!isTyping) return;
    loadPasswordStrength().then(
      (loaded) => setStrengthOf(() => loaded),
      () => undefined,
    );
  }, [isTyping]);
  return isTyping ? strengthOf?.(typed, context) : undefined;
}
