import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LikelyPerson } from "../../electron/contract/views.ts";

const asked: { text: string; answer: (people: readonly LikelyPerson[]) => void }[] = [];
vi.mock("../../renderer/bridge.ts", () => ({
  isMac: false,
  ask: (_name: string, args: { text: string }) =>
    new Promise((resolve) => {
      asked.push({ text: args.text, answer: resolve });
    }),
}));
const { Naming } = await import("../../renderer/parts/naming.svelte.ts");

const person = (personId: number, name: string): LikelyPerson => ({
  personId,
  name,
  keyFaceId: personId,
  faces: 10,
  firstYear: null,
  lastYear: null,
  similarity: 0.5,
  sureness: "sure",
  words: "very alike",
  falseAcceptRate: 1e-6,
});
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const last = (): (typeof asked)[number] => {
  const found = asked.at(-1);
  if (found === undefined) throw new Error("nothing was asked");
  return found;
};

describe("Naming", () => {
  beforeEach(() => void asked.splice(0));

  it("completes the name that begins with what was typed, whatever its accents and capitals", async () => {
    const naming = new Naming(() => ({ personId: 1 }));
    void naming.type("emi");
    last().answer([person(3, "Yao Ming"), person(2, "Émile Zola")]);
    await naming.settled();
    expect(naming.chosen).toMatchObject({ kind: "person", name: "Émile Zola" });
    expect(naming.completion).toBe("le Zola");
  });
  it("means a new person when nobody's name begins so, and nobody while nothing is typed", async () => {
    const naming = new Naming(() => ({}));
    void naming.type("");
    last().answer([person(2, "Ana")]);
    await naming.settled();
    expect(naming.chosen).toBeNull();
    expect(naming.options.map((option) => option.kind)).toEqual(["person"]);
    void naming.type("Bo");
    last().answer([person(2, "Ana")]);
    await naming.settled();
    expect(naming.chosen).toEqual({ kind: "new", name: "Bo" });
  });
  it("drops answers that come too late", async () => {
    const naming = new Naming(() => ({}));
    void naming.type("S");
    const slow = last();
    void naming.type("Se");
    last().answer([person(5, "Serena")]);
    await naming.settled();
    slow.answer([person(6, "Sam")]);
    await tick();
    expect(naming.options.map((option) => option.name)).toEqual(["Serena", "Se"]);
  });
  it("is settled only when the list fits the text, so that Enter cannot make a namesake by being fast", async () => {
    const naming = new Naming(() => ({}));
    void naming.type("Serena");
    let settled = false;
    void naming.settled().then(() => (settled = true));
    await tick();
    expect(settled).toBe(false);
    last().answer([person(5, "Serena")]);
    await tick();
    expect(settled).toBe(true);
    expect(naming.chosen).toMatchObject({ kind: "person" });
  });
  it("never offers the one who is being named, and walks round the list", async () => {
    const naming = new Naming(() => ({ personId: 5 }));
    void naming.type("Ser");
    last().answer([person(5, "Serena"), person(6, "Sergio")]);
    await naming.settled();
    expect(naming.options.map((option) => option.name)).toEqual(["Sergio", "Ser"]);
    naming.step(1);
    expect(naming.chosen).toEqual({ kind: "new", name: "Ser" });
    naming.step(1);
    expect(naming.chosen).toMatchObject({ name: "Sergio" });
    naming.step(-1);
    expect(naming.chosen).toMatchObject({ kind: "new" });
  });
});
