// breaks: max-depth
export const positive = (cube: readonly number[][][]): number => {
  let count = 0;
  for (const square of cube) {
    for (const row of square) {
      for (const cell of row) {
        if (cell > 0) count += 1;
      }
    }
  }
  return count;
};
