/** Two faces compared: the cosine of their embeddings, and whether they are one person. */
export interface JudgedPair {
  readonly similarity: number;
  readonly same: boolean;
}
/** Share of the pairs of one person accepted where a share `far` of the others is. */
export interface Acceptance {
  readonly far: number;
  /** The least cosine that is above all but a share `far` of the pairs of different people. */
  readonly threshold: number;
  readonly accepted: number;
}
export interface VerificationScores {
  readonly same: number;
  readonly different: number;
  /** Mean of ten folds, each judged by the threshold that is best on the other nine, and its standard deviation. */
  readonly accuracy: number;
  readonly accuracyDeviation: number;
  readonly acceptances: readonly Acceptance[];
}

const folds = 10;

/**
 * Accuracy by ten folds and true accepts. Pairs of one person and of different people weigh half each, however many there are, as in LFW's
 * protocol (Huang et al. 2007): of all pairs nearly all are of different people. Pairs are dealt to the folds in turn, so their
 * order should say nothing of their similarity.
 */
export function scoreVerification(pairs: readonly JudgedPair[], rates: readonly number[]): VerificationScores {
  const same = pairs.filter((pair) => pair.same);
  const different = pairs.filter((pair) => !pair.same);
  const dealt = [
    ...same.map((pair, turn) => ({ pair, fold: turn % folds })),
    ...different.map((pair, turn) => ({ pair, fold: turn % folds })),
  ];
  const falling = dealt.toSorted((a, b) => b.pair.similarity - a.pair.similarity);
  const shares = Array.from({ length: folds }, (_, fold) => {
    const threshold = bestThreshold(falling.filter((one) => one.fold !== fold).map((one) => one.pair));
    return balanced(
      falling.filter((one) => one.fold === fold).map((one) => one.pair),
      threshold,
    );
  });
  const accuracy = mean(shares);
  return {
    same: same.length,
    different: different.length,
    accuracy,
    accuracyDeviation: Math.sqrt(mean(shares.map((share) => (share - accuracy) ** 2))),
    acceptances: rates.map((far) => acceptanceAt(pairs, far)),
  };
}

/** Pairs count as accepted strictly above the threshold, so that no more than `far` of the different ones are. */
export function acceptanceAt(pairs: readonly JudgedPair[], far: number): Acceptance {
  const different = Float64Array.from(
    pairs.filter((pair) => !pair.same),
    (pair) => pair.similarity,
  )
    .sort()
    .reverse();
  const threshold = different[Math.floor(far * different.length)] ?? 1;
  const same = pairs.filter((pair) => pair.same);
  return { far, threshold, accepted: same.filter((pair) => pair.similarity > threshold).length / Math.max(1, same.length) };
}

/** The threshold of the greatest balanced accuracy on pairs sorted by falling similarity: between two neighbours. */
function bestThreshold(falling: readonly JudgedPair[]): number {
  const same = falling.filter((pair) => pair.same).length;
  const different = falling.length - same;
  let [right, wrong, most, threshold] = [0, 0, 0.5, 1];
  falling.forEach((pair, place) => {
    if (pair.same) right++;
    else wrong++;
    const next = falling[place + 1]?.similarity ?? pair.similarity - 1;
    const share = (right / Math.max(1, same) + 1 - wrong / Math.max(1, different)) / 2;
    if (next < pair.similarity && share > most) [most, threshold] = [share, (pair.similarity + next) / 2];
  });
  return threshold;
}

function balanced(pairs: readonly JudgedPair[], threshold: number): number {
  const right = (same: boolean): number => {
    const these = pairs.filter((pair) => pair.same === same);
    return these.filter((pair) => pair.similarity > threshold === same).length / Math.max(1, these.length);
  };
  return (right(true) + right(false)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
