/** Four tiles of a mosaic, one of them the token. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <g fill="currentColor">
        <path d="M3 3h14.4l-1.6 12.2L3 15.6z" />
        <path d="m3 18.8 10.2-.3L14.6 29H3z" />
        <path d="m16.4 18.3 12.6-1.1V29H17.9z" />
      </g>
      <path className="fill-accent" d="M20.6 3H29v10.8l-10 .9z" />
    </svg>
  );
}
