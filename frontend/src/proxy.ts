import { type NextRequest, NextResponse } from 'next/server';
import { bringsSessionCookie } from '@/lib/auth/session-cookie';
import { signInPath } from '@/lib/return-path';

/**
 * Saves a visitor without any session cookie the trip through a protected page. It decides nothing:
 * a cookie proves no session, and each page checks its own.
 */
export function proxy(request: NextRequest): NextResponse {
  const names = request.cookies.getAll().map((cookie) => cookie.name);
  if (bringsSessionCookie(names)) return NextResponse.next();
  const { pathname, search } = request.nextUrl;
  return NextResponse.redirect(new URL(signInPath(pathname + search), request.nextUrl));
}

export const config = { matcher: ['/tasks/:path*', '/account/:path*'] };
