import pg from 'pg';
import type { AppRole } from './least-privilege.js';
import { scramVerifier } from './scram-verifier.js';

/**
 * Gives the two app roles, which the migrations made without login, LOGIN and the passwords of their
 * URLs, and closes the database to everybody else. Repeatable; run it whenever a password changes.
 *
 * @throws Error naming the variable when a URL names another role or has no password
 */
export async function applyRoles(urls: {
  ownerUrl: string;
  webUrl: string;
  apiUrl: string;
}): Promise<void> {
  const logins = [
    { ...credentials(urls.webUrl, 'tessera_web', 'WEB_DATABASE_URL') },
    { ...credentials(urls.apiUrl, 'tessera_api', 'API_DATABASE_URL') },
  ];
  const client = new pg.Client({
    connectionString: urls.ownerUrl,
    application_name: 'tessera-roles',
  });
  await client.connect();
  try {
    for (const { role, password } of logins) {
      await client.query(
        `ALTER ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(scramVerifier(password))}`,
      );
    }
    await closeDatabase(client);
  } finally {
    await client.end();
  }
}

/** Database privileges belong to the database, not to its content, so no migration can carry them. */
export async function closeDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  for (const { name } of rows) {
    const database = client.escapeIdentifier(name);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO tessera_web, tessera_api`);
  }
}

function credentials(
  url: string,
  role: AppRole,
  variable: string,
): { role: string; password: string } {
  const { username, password } = new URL(url);
  if (username !== role) throw new Error(`${variable}: must connect as ${role}`);
  if (password === '') throw new Error(`${variable}: must carry a password`);
  return { role, password: decodeURIComponent(password) };
}
