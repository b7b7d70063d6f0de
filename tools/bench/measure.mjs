/** Median of several runs of two subjects in turn, A B A B …, so that a noisy moment hits both. Answers both per second and A/B. */
export const compare = async ({ what, runs = 5, ours, theirs, atLeast, goal, against }) => {
  const rates = { ours: [], theirs: [] };
  for (let run = 0; run < runs; run += 1) {
    rates.theirs.push(await theirs(run));
    rates.ours.push(await ours(run));
  }
  const [a, b] = [median(rates.ours), median(rates.theirs)];
  const ratio = median(rates.ours.map((rate, run) => rate / rates.theirs[run]));
  return {
    what,
    'ours/s': Math.round(a),
    'baseline/s': Math.round(b),
    ratio: Number(ratio.toFixed(2)),
    atLeast,
    goal,
    met: ratio >= atLeast,
    against,
  };
};

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Units per second of an asynchronous piece of work. */
export const rate = async (units, work) => {
  const start = process.hrtime.bigint();
  await work();
  return units / (Number(process.hrtime.bigint() - start) / 1e9);
};
