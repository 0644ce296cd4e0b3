import pg from 'pg';
import { createTestDatabase } from '../local/test-database.js';
import { banUser, signOutUser, unbanUser } from './user-accounts.js';

it.each([
  ['colours', '\u001b[31mx', '\ufffd[31mx'],
  ['a second line', 'x\nAll is well.', 'x\ufffdAll is well.'],
  ['reversed text', '\u202exe', '\ufffdxe'],
])('a user who is not there is named without %s', async (_what, typed, shown) => {
  const database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    for (const action of [banUser, unbanUser, signOutUser]) {
      await expect(action(owner, typed, {})).rejects.toThrow(
        new Error(`No user has the e-mail or id ${shown}.`),
      );
    }
  } finally {
    await owner.end();
    await database.drop();
  }
});
