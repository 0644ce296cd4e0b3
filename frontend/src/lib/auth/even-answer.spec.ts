import { beginEvenly, evenly } from './even-answer';

/** Its timer is early the first time, as Node's may be. */
function fakeClock() {
  let time = 1_000;
  let waits = 0;
  return {
    now: () => time,
    pass: (ms: number) => void (time += ms),
    wait: async (ms: number) => {
      waits += 1;
      time += waits === 1 ? ms - 0.5 : ms;
    },
  };
}

describe('an answer that is given evenly (FR-007)', () => {
  it.each([
    [1, 250],
    [80, 250],
    [94, 250],
    [249.9, 250],
    [250, 500],
    [260, 500],
    [730, 750],
  ])('after %d ms of work is there after %d ms', async (spent, total) => {
    const clock = fakeClock();
    await expect(evenly(async () => clock.pass(spent), clock)).resolves.toBeUndefined();
    expect(clock.now()).toBe(1_000 + total);
  });

  it('takes as long when it is an error', async () => {
    const clock = fakeClock();
    const work = async () => {
      clock.pass(80);
      throw new Error('No database');
    };
    await expect(evenly(work, clock)).rejects.toThrow('No database');
    expect(clock.now()).toBe(1_250);
  });

  it('is counted from when the body was there, which a client cannot use to meet a step', async () => {
    const clock = fakeClock();
    const work = async () => {
      clock.pass(165);
      beginEvenly();
      clock.pass(90);
    };
    await evenly(work, clock);
    expect(clock.now()).toBe(1_000 + 165 + 250);
  });
});
