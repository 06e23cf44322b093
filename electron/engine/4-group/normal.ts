/** Upper-tail probability of the standard normal, P(X > z). Relative error under 1.2e-7 (Press et al., erfcc). */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const coefficients = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
  ];
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * t + coefficient;
  const erfc = t * Math.exp(-x * x + sum);
  return z >= 0 ? erfc / 2 : 1 - erfc / 2;
}

/** The z whose upper tail is `p` (0 < p < 1): bisection on `normalTail`, exact to 1e-9. */
export function normalQuantile(p: number): number {
  let low = -10;
  let high = 10;
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
