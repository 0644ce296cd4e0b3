/** An empty frame for the first tile. */
export function EmptyList() {
  return (
    <div className="grid justify-items-center gap-4 rounded-panel border border-dashed border-line-strong/50 px-6 py-14 text-center">
      <div aria-hidden className="grid grid-cols-3 gap-1.5">
        {Array.from({ length: 6 }, (_, at) => (
          <span
            key={at}
            className={
              at === 1
                ? 'size-6 rotate-6 rounded-tile bg-accent'
                : 'size-6 rounded-tile border border-dashed border-line-strong/60'
            }
          />
        ))}
      </div>
      <div className="grid gap-1">
        <p className="font-display text-lg font-semibold">Nothing to do yet</p>
        <p className="text-sm text-ink-soft">Set the first tile: add a task above.</p>
      </div>
    </div>
  );
}
