import type { WebEnvironment } from './env';

type Deployment = Pick<WebEnvironment, 'deployment' | 'smtpUrl' | 'webUrl'>;

/** Whether mails are shown instead of sent: on a developer's own machine, without a mail server. */
export function hasMailPage({ deployment, smtpUrl }: Omit<Deployment, 'webUrl'>): boolean {
  return deployment === 'local' && smtpUrl === undefined;
}

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d+)?$/i;

/**
 * Whether the mails may be shown to who asked for this host. Another site's name may be made to point at
 * this machine (DNS rebinding); its pages would then read the mails, and the links in them.
 *
 * @param sentHost the `Host` header as the client sent it
 */
export function mayShowMails(deployment: Deployment, sentHost: string | null): boolean {
  if (!hasMailPage(deployment) || sentHost === null) return false;
  return LOOPBACK.test(sentHost) || sentHost.toLowerCase() === new URL(deployment.webUrl).host;
}
