/** One of a user's sessions as `GET /api/auth/sessions` tells of it; times are ISO 8601. */
export interface DeviceSession {
  id: string;
  isCurrent: boolean;
  device: {
    browser: string | null;
    system: string | null;
    kind: 'desktop' | 'phone' | 'tablet' | null;
  };
  ipAddress: string | null;
  createdAt: string;
  lastActiveAt: string;
  expiresAt: string;
}
