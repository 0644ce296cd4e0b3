// Runs a command for as long as the launcher lives. Watchers start processes of their own and know
// nothing of us, so all of them stand in this process's group and end with it.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
