import { Mark } from './mark';

export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark className="size-7" />
      <span className="font-display text-xl font-semibold tracking-wide">Tessera</span>
    </span>
  );
}
