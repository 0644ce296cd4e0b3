'use client';

import { Monitor, MonitorSmartphone, Smartphone, Tablet } from 'lucide-react';
import { Moment } from '@/components/moment';
import { Button } from '@/components/ui/button';
import type { DeviceSession } from '@/lib/device-session';
import { deviceName } from './device-name';

const ICONS = { desktop: Monitor, phone: Smartphone, tablet: Tablet, unknown: MonitorSmartphone };

interface SessionItemProps {
  session: DeviceSession;
  busy: boolean;
  onEnd: () => void;
}

export function SessionItem({ session, busy, onEnd }: SessionItemProps) {
  const { device, isCurrent, ipAddress } = session;
  const Icon = ICONS[device.kind ?? 'unknown'];
  const name = deviceName(device);
  return (
    <li className="flex items-start gap-4 px-4 py-4 sm:items-center sm:px-5">
      <Icon aria-hidden className="size-6 shrink-0 self-start text-ink-soft" />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {name}
          {isCurrent && (
            <span className="rounded-tile bg-accent-soft px-2 py-0.5 text-xs font-medium text-accent">
              This device
            </span>
          )}
        </p>
        <p className="text-sm wrap-anywhere text-ink-soft">
          Last active <Moment at={session.lastActiveAt} as="relative" />
          {ipAddress !== null && ` · ${ipAddress}`}
        </p>
        <p className="text-sm text-ink-soft">
          Signed in on <Moment at={session.createdAt} as="day" />
        </p>
      </div>
      <Button
        look="outline"
        size="small"
        busy={busy}
        onClick={onEnd}
        aria-label={isCurrent ? 'End this session' : `End the session of ${name}`}
      >
        End
      </Button>
    </li>
  );
}
