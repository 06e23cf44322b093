import type { PortableDocument } from "./portable.ts";

/** Bytes a portable file may have: the decisions about some two million faces. */
export const largestPortable = 1 << 28;

/** The document as it is written: a person, a pair, a photo's face a line, so that people can read it and tools can compare it. */
export function portableText(document: PortableDocument): string {
  const { people, apart, photos, albums, ...head } = document;
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const list = (key: string, lines: readonly string[]): string =>
    lines.length === 0 ? `  "${key}": []` : `  "${key}": [\n${lines.map((line) => `    ${line}`).join(",\n")}\n  ]`;
  const each = (items: readonly unknown[]): string[] => items.map((item) => JSON.stringify(item));
  const photoLines = photos.map(({ faces, ...photo }) => {
    const lines = faces.map((face) => `      ${JSON.stringify(face)}`).join(",\n");
    return `${JSON.stringify(photo).slice(0, -1)}, "faces": [\n${lines}\n    ]}`;
  });
  const parts = [
    ...fields,
    list("people", each(people)),
    list("apart", each(apart)),
    list("photos", photoLines),
    list("albums", each(albums)),
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}
