// `npm run db:roles`: gives the app roles LOGIN and the passwords of their URLs.
import { applyRoles } from '../roles.js';
import { required, runCommand } from './command.js';

runCommand(async () => {
  await applyRoles({
    ownerUrl: required('DATABASE_URL'),
    webUrl: required('WEB_DATABASE_URL'),
    apiUrl: required('API_DATABASE_URL'),
  });
  console.log('tessera_web and tessera_api can sign in.');
});
