/** Prints a bench's outcome: one JSON document and nothing else, or words for people. */
export function print<T>(outcome: T, json: boolean, words: (outcome: T) => string): void {
  console.log(json ? JSON.stringify(outcome, null, 1) : words(outcome));
}
