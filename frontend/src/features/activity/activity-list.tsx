import { CircleAlert, CircleCheck } from 'lucide-react';
import { Moment } from '@/components/moment';
import type { ActivityItem } from '@/lib/auth/recent-activity';
import { activitySentence } from './activity-sentence';

/** Newest first. What did not succeed is marked: it may not have been the user. */
export function ActivityList({ items }: { items: readonly ActivityItem[] }) {
  if (items.length === 0) return <p className="text-ink-soft">Nothing has happened yet.</p>;
  return (
    <ol className="divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface">
      {items.map((item) => (
        <li key={item.id} className="flex gap-3.5 px-4 py-3.5 sm:px-5">
          {item.outcome === 'success' ? (
            <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-good" />
          ) : (
            <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
          )}
          <div className="grid min-w-0 flex-1 gap-0.5">
            <p className="font-medium break-words">
              {item.outcome !== 'success' && <span className="sr-only">Not successful: </span>}
              {activitySentence(item)}
              {item.count > 1 && (
                <span className="ml-2 rounded-tile bg-bad-soft px-2 py-0.5 text-xs text-bad tabular-nums">
                  {item.count} times
                </span>
              )}
            </p>
            <p className="text-sm wrap-anywhere text-ink-soft first-letter:uppercase">
              <Moment at={item.occurredAt.toISOString()} as="relative" />
              {item.device !== null && ` · ${item.device}`}
              {item.ip !== null && ` · ${item.ip}`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
