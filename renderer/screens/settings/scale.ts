/** A slider whose steps are equal ratios: 0..100 on the screen, least..most in the setting, `delivered` where it stands at first. */
export interface Scale {
  readonly least: number;
  readonly most: number;
  readonly delivered: number;
  /** Larger values of the setting stand at the left. */
  readonly turned: boolean;
}

/** Expected false neighbours per face (alpha); delivered 0.05. */
export const daringScale: Scale = { least: 0.01, most: 0.3, delivered: 0.05, turned: false };
/** False-accept rate above which a face is marked to check; delivered 1e-5, the edge of "sure". A lower rate marks more faces. */
export const checkScale: Scale = { least: 1e-6, most: 1e-2, delivered: 1e-5, turned: true };

/** Position of a setting on its slider, 0..100. */
export function toSlider(value: number, scale: Scale): number {
  const share = Math.log(value / scale.least) / Math.log(scale.most / scale.least);
  const held = Math.min(1, Math.max(0, share));
  return Math.round((scale.turned ? 1 - held : held) * 100);
}
/** The setting for a position; the delivered value exactly where the slider stands at it. */
export function fromSlider(position: number, scale: Scale): number {
  if (position === toSlider(scale.delivered, scale)) return scale.delivered;
  const share = scale.turned ? 1 - position / 100 : position / 100;
  const value = scale.least * (scale.most / scale.least) ** share;
  return Math.min(scale.most, Math.max(scale.least, Number(value.toPrecision(3))));
}
/** How far from delivered, for its words: -2 much less, -1 a little, 0 as delivered, 1, 2. */
export function apart(position: number, scale: Scale): -2 | -1 | 0 | 1 | 2 {
  const steps = position - toSlider(scale.delivered, scale);
  if (steps === 0) return 0;
  const size = Math.abs(steps) <= 20 ? 1 : 2;
  return (Math.sign(steps) * size) as -2 | -1 | 1 | 2;
}
