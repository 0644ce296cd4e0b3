// `npm run db:migrate`: applies pending migrations to the server of DATABASE_URL.
import { migrate } from '../migrate.js';
import { required, runCommand } from './command.js';

runCommand(async () => {
  const applied = await migrate(required('DATABASE_URL'));
  console.log(
    applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`,
  );
});
