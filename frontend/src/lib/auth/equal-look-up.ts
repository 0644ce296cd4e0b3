import type { DBAdapter } from 'better-auth';

/**
 * A sign-in looks the user up by e-mail, and the account by that user: one query more for an e-mail that
 * somebody has, which the answer's time would tell. So it is made for every other e-mail too (FR-007).
 */
export function withEqualLookUp(adapter: DBAdapter): DBAdapter {
  const findOne = adapter.findOne.bind(adapter);
  adapter.findOne = async <T>(query: Parameters<DBAdapter['findOne']>[0]) => {
    const found = await findOne<T>(query);
    if (found === null && query.model === 'user' && query.join?.['account']) {
      const nobody = [{ field: 'userId', value: '' }];
      await adapter.findMany({ model: 'account', where: nobody, limit: 100 });
    }
    return found;
  };
  return adapter;
}
