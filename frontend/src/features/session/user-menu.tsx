'use client';

import {
  ChevronDown,
  History,
  KeyRound,
  ListTodo,
  LoaderCircle,
  LogOut,
  MonitorSmartphone,
} from 'lucide-react';
import type { ComponentProps } from 'react';
import { Menu, MenuItem, MenuLabel, MenuLine } from '@/components/ui/menu';
import { useSession } from './session-provider';
import { useSignOut } from './use-sign-out';

const PLACES = [
  { path: '/tasks', name: 'Tasks', Icon: ListTodo },
  { path: '/account/sessions', name: 'Devices', Icon: MonitorSmartphone },
  { path: '/account/activity', name: 'Activity', Icon: History },
  { path: '/account/password', name: 'Password', Icon: KeyRound },
] as const;

/** Who is signed in, where they can go, and the way out. */
export function UserMenu() {
  const { user, session } = useSession();
  const { busy, signOut } = useSignOut();
  return (
    <Menu trigger={<Trigger name={user.name} disabled={session === undefined} busy={busy} />}>
      <MenuLabel>
        <span className="block truncate text-sm font-medium">{user.name}</span>
        <span className="block truncate text-xs text-ink-soft">{user.email}</span>
      </MenuLabel>
      <MenuLine />
      {PLACES.map(({ path, name, Icon }) => (
        <MenuItem key={path} asChild>
          {/* A full load: the router would keep this page for the back button, whoever is in then. */}
          <a href={path}>
            <Icon aria-hidden />
            {name}
          </a>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={signOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

interface TriggerProps extends ComponentProps<'button'> {
  name: string;
  busy: boolean;
}

/** The menu's button; what the menu asks of it arrives in `props`. */
function Trigger({ name, busy, ...props }: TriggerProps) {
  return (
    <button
      type="button"
      aria-busy={busy}
      className="flex h-11 min-w-0 items-center gap-2.5 rounded-tile px-1.5 transition-colors hover:bg-sunken data-[state=open]:bg-sunken"
      {...props}
    >
      <span className="sr-only">Account of</span>
      <span
        aria-hidden
        className="grid size-8 shrink-0 place-items-center rounded-tile bg-accent-soft font-display font-semibold text-accent"
      >
        {busy ? (
          <LoaderCircle className="size-4 animate-spin" />
        ) : (
          name.slice(0, 1).toLocaleUpperCase()
        )}
      </span>
      <span className="min-w-0 truncate text-sm font-medium max-sm:sr-only">{name}</span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-soft" />
    </button>
  );
}
