import { powerMonitor } from "electron";
import type { ScanPhase } from "../contract/views.ts";

export interface PowerHost {
  readonly phase: () => ScanPhase;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Whether reading waits while the computer runs on its battery. */
  readonly waitsOnBattery: () => boolean;
}

/** Pauses reading before the computer sleeps, and on its battery where that is asked for; goes on afterwards with what it paused itself. */
export class Power {
  readonly #host: PowerHost;
  readonly #reasons = new Set<"sleep" | "battery">();
  #paused = false;

  constructor(host: PowerHost) {
    this.#host = host;
    powerMonitor.on("suspend", () => this.#hold("sleep"));
    powerMonitor.on("resume", () => this.#release("sleep"));
    powerMonitor.on("on-battery", () => this.look());
    powerMonitor.on("on-ac", () => this.look());
  }

  /** Looks again, as when the setting changed or reading has begun. */
  look(): void {
    if (this.#host.waitsOnBattery() && powerMonitor.isOnBatteryPower()) this.#hold("battery");
    else this.#release("battery");
  }

  #hold(reason: "sleep" | "battery"): void {
    this.#reasons.add(reason);
    const phase = this.#host.phase();
    if (this.#paused || (phase !== "looking" && phase !== "reading" && phase !== "changing")) return;
    this.#paused = true;
    this.#host.pause();
  }
  #release(reason: "sleep" | "battery"): void {
    this.#reasons.delete(reason);
    if (this.#reasons.size > 0 || !this.#paused) return;
    this.#paused = false;
    this.#host.resume();
  }
}
