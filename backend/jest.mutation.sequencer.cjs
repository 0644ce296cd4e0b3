const rank = ({ path }) => (path.includes('/guards/') ? 1 : 0);

/** A mutant's run ends with the first test that fails: those that start no Nest application go first. */
module.exports = class KernelFirst {
  sort(tests) {
    return [...tests].sort((one, other) => rank(one) - rank(other));
  }

  /** Part of what Jest asks of a sequencer; the order here depends on no earlier run. */
  cacheResults() {}
};
