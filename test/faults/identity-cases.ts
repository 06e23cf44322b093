import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import sharp, { type Sharp } from "sharp";

/** What was done to a photo, and where its names must be afterwards. Each starts as `before`, a path inside the folder. */
export interface Case {
  readonly name: string;
  readonly before: readonly string[];
  readonly change: () => Promise<void> | void;
  /** Paths that must show the names. */
  readonly after: readonly string[];
  /** Where only the face that was found by itself is followed: nothing says where a drawn one went. */
  readonly drawnStays?: false;
  readonly offline?: true;
}

/** What the cases work on. */
export interface World {
  /** A path inside the folder. */
  readonly at: (path: string) => string;
  /** A folder on another drive. */
  readonly drive: (name: string) => string;
  /** A whole reading in between. */
  readonly read: () => Promise<void>;
  readonly readAgain: (path: string) => Promise<void>;
  /** Photos have a face that is found by itself. */
  readonly hasReal: boolean;
}

/** Every case of "names follow the photo". */
export function identityCases({ at, drive, read, readAgain, hasReal }: World): readonly Case[] {
  const move = (from: string, to: string): void => {
    mkdirSync(dirname(at(to)), { recursive: true });
    renameSync(at(from), at(to));
  };
  /** An editor that saves over the file. */
  const edit = async (path: string, how: (picture: Sharp, width: number, height: number) => Sharp, quality = 92): Promise<void> => {
    const picture = sharp(at(path));
    const { width, height } = await picture.metadata();
    const bytes = await how(picture, width, height).jpeg({ quality }).toBuffer();

    writeFileSync(at(path), bytes);
    utimesSync(at(path), new Date(), new Date());
  };

  return [
    { name: "renamed", before: ["a/one.jpg"], change: () => move("a/one.jpg", "a/two.jpg"), after: ["a/two.jpg"] },
    {
      name: "moved to another folder",
      before: ["b/one.jpg"],
      change: () => move("b/one.jpg", "b2/deep/one.jpg"),
      after: ["b2/deep/one.jpg"],
    },
    {
      name: "copied",
      before: ["c/one.jpg"],
      change: () => copyFileSync(at("c/one.jpg"), at("c/copy.jpg")),
      after: ["c/one.jpg", "c/copy.jpg"],
    },
    {
      name: "two files swapped their names",
      before: ["d/one.jpg", "d/two.jpg"],
      change: () => {
        move("d/one.jpg", "d/x.jpg");
        move("d/two.jpg", "d/one.jpg");
        move("d/x.jpg", "d/two.jpg");
      },
      after: ["d/two.jpg", "d/one.jpg"],
    },
    {
      name: "two files swapped their names, same size and time",
      before: ["e/one.jpg", "e/two.jpg"],
      change: () => {
        move("e/one.jpg", "e/x.jpg");
        move("e/two.jpg", "e/one.jpg");
        move("e/x.jpg", "e/two.jpg");
      },
      after: ["e/two.jpg", "e/one.jpg"],
    },
    { name: "renamed in case only", before: ["f/One.JPG"], change: () => move("f/One.JPG", "f/one.jpg"), after: ["f/one.jpg"] },
    {
      name: "NFC became NFD",
      before: ["g/Zo\u00eb.jpg"],
      change: () => move("g/Zo\u00eb.jpg", "g/Zoe\u0308.jpg"),
      after: ["g/Zoe\u0308.jpg"],
    },
    {
      name: "folder renamed",
      before: ["h/in/one.jpg", "h/in/two.jpg"],
      change: () => move("h", "h renamed"),
      after: ["h renamed/in/one.jpg", "h renamed/in/two.jpg"],
    },
    {
      name: "duplicates deleted one by one",
      before: ["i/one.jpg"],
      change: async () => {
        copyFileSync(at("i/one.jpg"), at("i/two.jpg"));
        copyFileSync(at("i/one.jpg"), at("i/three.jpg"));
        await read();
        rmSync(at("i/one.jpg"));
        await read();
        rmSync(at("i/three.jpg"));
      },
      after: ["i/two.jpg"],
    },
    {
      name: "drive unplugged",
      before: ["drive j/one.jpg"],
      change: () => rmSync(at("drive j")),
      after: ["drive j/one.jpg"],
      offline: true,
    },
    {
      name: "drive unplugged, an empty folder left in its place",
      before: ["drive k/one.jpg"],
      change: () => {
        rmSync(at("drive k"));
        mkdirSync(at("drive k"));
      },
      after: ["drive k/one.jpg"],
      offline: true,
    },
    {
      name: "drive unplugged and back",
      before: ["drive l/one.jpg"],
      change: async () => {
        rmSync(at("drive l"));
        await read();
        symlinkSync(drive("drive l"), at("drive l"));
      },
      after: ["drive l/one.jpg"],
    },
    {
      name: "another drive letter or mount point",
      before: ["drive m/one.jpg"],
      change: () => renameSync(at("drive m"), at("drive n")),
      after: ["drive n/one.jpg"],
    },
    {
      name: "same photo on two drives, one unplugged",
      before: ["drive o/one.jpg"],
      change: async () => {
        mkdirSync(at("other"), { recursive: true });
        copyFileSync(at("drive o/one.jpg"), at("other/one.jpg"));
        await read();
        rmSync(at("drive o"));
      },
      after: ["other/one.jpg"],
    },
    {
      name: "saved again, quality 60",
      before: ["p/one.jpg"],
      change: () => edit("p/one.jpg", (picture) => picture, 60),
      after: ["p/one.jpg"],
    },
    {
      name: "metadata only, date in the file unchanged",
      before: ["q/one.jpg"],
      change: () => describeIt(at("q/one.jpg")),
      after: ["q/one.jpg"],
    },
    {
      name: "brighter",
      before: ["r/one.jpg"],
      change: () => edit("r/one.jpg", (picture) => picture.modulate({ brightness: 1.15 })),
      after: ["r/one.jpg"],
    },
    {
      name: "half the size",
      before: ["s/one.jpg"],
      change: () => edit("s/one.jpg", (picture, width) => picture.resize(Math.round(width / 2))),
      after: ["s/one.jpg"],
    },
    {
      name: "cropped",
      before: ["t/one.jpg"],
      change: () =>
        edit("t/one.jpg", (picture, width, height) =>
          picture.extract({ left: 0, top: 0, width: Math.round(width * 0.85), height: Math.round(height * 0.9) }),
        ),
      after: ["t/one.jpg"],
      ...(hasReal ? {} : { drawnStays: false }),
    },
    {
      name: "turned by a quarter",
      before: ["u/one.jpg"],
      change: () => edit("u/one.jpg", (picture) => picture.rotate(90)),
      after: ["u/one.jpg"],
      ...(hasReal ? {} : { drawnStays: false }),
    },
    {
      name: "mirrored",
      before: ["v/one.jpg"],
      change: () => edit("v/one.jpg", (picture) => picture.flop()),
      after: ["v/one.jpg"],
      drawnStays: false,
    },
    {
      name: "edited and renamed between two readings",
      before: ["w/one.jpg"],
      change: async () => {
        await edit("w/one.jpg", (picture) => picture, 70);
        await readAgain("w/one.jpg");
        move("w/one.jpg", "w/two.jpg");
      },
      after: ["w/two.jpg"],
    },
  ];
}

/** Writes a comment into the file, as a tool for keywords does: the picture's own bytes stay. */
function describeIt(file: string): void {
  const bytes = readFileSync(file);
  const comment = Buffer.from([0xff, 0xfe, 0, 9, ..."holiday".split("").map((letter) => letter.charCodeAt(0))]);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]));
}
