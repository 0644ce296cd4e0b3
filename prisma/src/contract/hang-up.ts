/**
 * Catches SIGHUP from now on, which would end the process. What it asks for can be told later; one that
 * came before that is answered then.
 *
 * @returns tells what to do at each SIGHUP
 */
export function catchHangUp(): (answer: () => void) => void {
  let answer: (() => void) | undefined;
  let missed = false;
  process.on('SIGHUP', () => {
    missed = true;
    answer?.();
  });
  return (given) => {
    answer = given;
    if (missed) given();
  };
}
