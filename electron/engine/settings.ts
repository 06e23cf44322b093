import { machineSettings } from "./machine-settings.ts";

/** Every threshold of the engine that no pack carries, each with its unit and the reason for its value. */
export const settings = {
  read: {
    /** Pixels; above this a picture is refused rather than risk the memory of the computer (about 1.2 GB when decoded). */
    largestPixels: 400_000_000,
    /** Milliseconds one photo may take before it is given up: a 300-megapixel progressive JPEG took under 20 s. */
    longestRead: 120_000,
    /** Bytes read from the head of a file for its metadata; files that keep it at the end are read whole. */
    metadataHead: 262_144,
    /** Least and most that a camera can mean: f-number, seconds, ISO, millimetres. Others stand for "unknown". */
    exposure: { aperture: [0.4, 200], seconds: [1e-7, 86_400], iso: [1, 1e8], focalLength: [0.5, 20_000] } as const,
    /** Bytes; a larger file is no photo, and would not fit in memory beside its pixels. */
    largestFile: 1_500_000_000,
    /** Share of a broken picture that must have arrived for it to count as one. */
    leastShown: 0.05,
    /** Milliseconds a camera's clock may be ahead (time zones and a little more); a later date is a mistake. */
    clockAhead: 172_800_000,
    /** Milliseconds without work after which the HEIC thread gives its memory back. */
    heicIdle: 20_000,
    /** Pixels of the full photo held at once while faces are cut from it; beyond that each is cut on its own. */
    regionPixels: 60_000_000,
  },
  detect: {
    /** Pixels of the long side that faces are looked for at (measured best trade; MODELS: section 5). */
    longSide: 1280,
    /** The same for "find small faces": 2.8 times the time. */
    longSideSmall: 1920,
    /** Smallest face as a share of the long side. */
    smallestShare: 1 / 32,
    smallestShareSmall: 1 / 48,
    /** Pixels; P-Net's faces under this are noise. */
    smallestPixels: 20,
    /** Ratio between two levels of the pyramid (Zhang et al. 2016). */
    pyramidFactor: 0.709,
    /**
     * Least probability kept by P-, R- and O-Net. R-Net's is published as 0.7; at 0.6 O-Net sees a few more small and cut faces, and
     * throws out the rest (boxed photos: recall 0.3 points up, precision the same).
     */
    scores: { propose: 0.6, refine: 0.6, locate: 0.7 },
    /** Greatest overlap (IoU) of two boxes that both stay: within a level, between levels, after R; O by the smaller area. */
    overlaps: { level: 0.5, levels: 0.7, refine: 0.7, locate: 0.7 },
    /** Side of P-Net's tiles in pixels: stays in the second-level cache. */
    tile: 170,
    /**
     * Detector score from which a photo certainly stands upright. Faces lying on their side are found too, but the surest of a photo
     * reached 0.91 to 0.996 (0.98 in nine of ten), of the same photos upright 0.999; so below it the photo is tried turned as well.
     */
    upright: 0.997,
    /** Least score of a face found in a turned photo: three more looks are three more chances to be wrong. */
    turnedScore: 0.97,
    /** Faces that fill the frame: pixels of the long side of the copy looked at, and smallest face as a share of its short side. */
    framedSide: 256,
    framedShare: 0.5,
    /** Crops a call of R- or O-Net: larger is slower a crop (measured). */
    batch: 16,
  },
  embed: {
    /** Faces a call of the embedder on the CPU. */
    batch: 8,
    /**
     * Full photo is decoded again when a face's crop has fewer working pixels than this share of the pack's input and the file has more.
     * Crops passed through 48 of 112 pixels lose nothing measurable; a second decode costs more than the whole detector.
     */
    enoughPixels: 0.6,
    /** Side of the crop for a drawn face without points, as a multiple of its box: what the template covers of the detector's own boxes. */
    drawnSide: 1.3,
  },
  accelerator: machineSettings.accelerator,
  gate: {
    /** Pixels; narrower faces are shown but never seed a person (accuracy of a crop passed through 32 px is 97.7 %). */
    smallestFace: 32,
    /** Detector score under which a face never seeds a person. */
    lowestScore: 0.9,
  },
  group: {
    /** Expected false neighbours per face: how daring grouping is (0.03..0.1 sane; GROUPING: section 3). */
    alpha: 0.05,
    /** Neighbours kept of each face: 8..64 give the same groups. */
    neighbours: 16,
    /** Impostor standard deviations above the mean under which an edge is not kept. */
    edgeSigmas: 2.3,
    /** Faces of a person averaged for "is this her". */
    topFaces: 3,
    /** z under which no question is asked. */
    askFloor: -0.8,
    /** hdbscan-ts: cubic in time, so never more faces than this a call. */
    mixedSample: 200,
    /** Faces sampled when a person is split: a third of a second where 200 take a whole one on a busy computer. */
    splitSample: 150,
    mixedMinimum: 6,
    /** Above this many faces neighbours come from coarse lists first. */
    exactUpTo: 250_000,
    /** Those are finished exactly in idle times: faces a piece (two seconds at a million; lost when something comes between), milliseconds of quiet before. */
    finish: { rows: 1_024, quiet: 2_000 },
    /** False-accept rate at which the bar for two single faces is never looser, however small the library. */
    loosestRate: 1e-4,
    /** Rows and columns of one block of the neighbour search: wider blocks fall out of the cache (measured). */
    block: { rows: 256, columns: 20_000 },
    /** Up to `most` new faces are compared with all in blocks of this size, both ways at once (half the time of picking the largest). A block's cosines stay in the second-level cache. */
    newcomers: { most: 4_096, rows: 128, columns: 2_048 },
    /** Coarse lists: how many, faces that place them, how many each face looks into (1 % of all pairs at a million); longer ones are looked through in shares. */
    lists: { count: 2_048, sample: 100_000, rounds: 6, probes: 16, longest: 16_384, common: 64 },
    /** Rounds over all edges after the first; three were enough everywhere. */
    rounds: 8,
    /** Faces of two groups that stand in the same photos: up to this share of the smaller group is evicted, more means two people. */
    evictShare: 0.25,
    /**
     * A poor face is attached to a person by its false-accept rate and by how far ahead of anybody else the person is, in standard
     * deviations of different people: the rarer such a likeness, the less it must be ahead. Decisions: attach-ahead.
     */
    attach: [
      { far: 5e-5, ahead: -Infinity },
      { far: 2e-4, ahead: 0.28 },
      { far: 1e-3, ahead: 0.83 },
    ],
    /** False-accept rate up to which a face is like another one for certain: what a rejected face takes along. */
    alike: 1e-4,
    /** False-accept rate up to which a poor face is asked about. */
    ask: 1e-3,
    /** Faces that the larger side of a question needs: two single faces settle nothing. */
    askMinimum: 3,
    /** Questions given at once; the next run gives the next ones. */
    questions: 60,
    /** Chance of a yes: 1 / (1 + exp(-(a + b z))), fitted on labelled libraries (.40 at z = -.2, .03 at -.6). */
    yes: { a: 1.13, b: 7.68 },
    /** Faces sampled when groups are looked through for mixed ones in passing, and groups a run: some 15 ms each. */
    mixedGlance: 60,
    mixedPerRun: 64,
    /** hdbscan-ts: smallest core and neighbours of a core point; 0 of 113 pure people were split. */
    mixedCore: 3,
    mixedSamples: 2,
    /** Most parts that a split proposes. */
    mostParts: 4,
    /** Learned metric: held-out gain in true accepts at a false-accept rate of 1 % from which it is used. */
    metricGain: 0.02,
    /** Its training (Schroff 2015): margin, Adam's steps and rate, how strongly it is held to the identity, faces and pairs of people. */
    metric: { margin: 0.2, steps: 200, rate: 1e-3, penalty: 10, fewestFaces: 6, facesEach: 10, pairs: 20, fewestPairs: 50 },
    /** Exemplars that stand for a person when likely faces are ranked, and the false-accept rate beyond which none is offered. */
    exemplars: 16,
    rankLoosest: 1e-2,
    /** Chance that a suggested face is the person: logistic in how far ahead of others (standard deviations), -log10 of the rate, being poor, log10 of
     * the faces looked through and of exemplars (fewest: as measured). Least shown, bounds of bands, faces in one go and in all. Decisions: suggestions. */
    chance: { constant: -11.1, ahead: 1.5, rarity: 5, poor: 3.2, among: 2.3, exemplars: 4.3, fewestAmong: 300, fewestExemplars: 3 },
    suggest: { least: 0.05, bands: [0.9, 0.5, 0.2] as const, examined: 48, most: 480 },
    /** A face no more like its person than so many standard deviations above strangers is listed as a conflict. */
    conflictSigmas: 2,
    /** Proposals written down in one go, and in one piece where there are more: a piece keeps the engine from answering for some 10 ms. */
    write: { atOnce: 1_000, piece: 250 },
    /** Faces up to which the answer to a decision waits for the grouping that follows from it. */
    waitUpTo: 5_000,
    /** Events kept of groups that grew together: beyond that nobody scrolls. */
    joinedKept: 500,
    /** Faces that speak for those being named. */
    namedBy: 3,
    /** Milliseconds after a question until what it was answered from is brought up to date. */
    deskQuiet: 300,
    /** Faces that speak for a part. */
    partBy: 16,
    /** Fewest faces of a group whose joining another is told: a pair is hardly a person yet. */
    toldFrom: 3,
    /** Milliseconds of quiet before a grouping that was asked for "soon" begins. */
    quiet: 400,
    /** Confirmed faces of a person that a proposal is held against. */
    likeAnotherBy: 64,
    /** Members looked at one by one where the neighbour list does not say enough. */
    scanned: 500,
    /** Rows that exemplars are chosen among: an even sample of somebody with more. */
    exemplarsAmong: 500,
  },
  sureness: {
    /** False-accept rates that bound the bands: sure up to the first, then fairly sure, then not sure; a guess beyond. */
    bands: [1e-5, 1e-4, 1e-3] as readonly [number, number, number],
  },
  pictures: {
    /** Pixels: side of a face crop, and how much wider than the box it is. */
    faceCrop: 256,
    faceMargin: 1.6,
    /** Pixels: the most a face is wide where it is shown large; as wide as Review shows it on a screen of twice the dots. */
    largeFace: 640,
    /** Pixels: the long side of the small and of the screen-size preview. */
    thumb: 400,
    screen: 1600,
    /** WebP quality, 0..100. */
    quality: 80,
    /** Picture aligned on the eyes: side in pixels, how far apart and how high the eyes stand in it as shares of the side. */
    eyes: { side: 384, apart: 0.24, high: 0.42 },
    /** Space kept around a face so that an aligned crop of it never leaves the region, as a share of its larger side. */
    around: 0.75,
  },
  growth: {
    /** Pixels of width under which, and share of a half turn over which, a face is left out of a strip through the years where better ones are. */
    leastPixels: 48,
    mostYaw: 0.35,
    /** How much a turned head counts against a face of the same span, beside its quality. */
    yawWeight: 0.6,
    /** Pictures a row of the sheet of all, and their side and gap in pixels. */
    sheet: { columns: 8, side: 256, gap: 8, label: 36 },
  },
  keep: {
    /** Milliseconds to wait for another process's lock. */
    busy: 5_000,
    /** Copies of the catalogue kept. */
    backups: 12,
    /** Faces; a decision about more is preceded by a copy of the catalogue. */
    bulk: 200,
    /** Milliseconds; not before every one of many large decisions in a row: a copy of a large catalogue takes a second. */
    bulkEvery: 600_000,
    /** Pages of 4 KB that a copy nobody waits for is written by in one go: about three milliseconds. */
    copyPages: 256,
    /** Bytes up to which a copy is looked at where it is made: some 15 ms, less than it takes to start a thread. */
    copyLookedAt: 4_000_000,
    /** Rows above which only "was a row of it changed later" is looked at: a page of large decisions must not take long, and undo itself looks at everything. */
    thorough: 500,
    /** Faces above which who stands where is brought up to date in one go instead of one by one. */
    membersAtOnce: 2_000,
    /** Milliseconds between two looks whether a day has passed since the last copy of the catalogue. */
    copyLook: 3_600_000,
  },
  shown: {
    /** How many of the people seen together with somebody are told. */
    together: 24,
    /** Faces shown beside a month. */
    inMonth: 4,
    /** People offered for one face. */
    likely: 5,
    /** Nearest faces that "Why?" shows, and pairs that show what a slider would do: a row each. */
    why: 4,
    samplePairs: 6,
  },
  scan: machineSettings.scan,
  patience: {
    /** Milliseconds that a thread gets to end itself: between two steps of its work it hears. */
    thread: 5_000,
    /** Milliseconds that requests under way get to finish before the library is closed under them. */
    library: 5_000,
    /** Milliseconds after which a library that could not be opened is tried again by itself. */
    reopen: 1_000,
    /** Milliseconds between two words about how far fetching is. */
    tellEvery: 250,
    /** Milliseconds between two words about how far reading is. */
    pushEvery: 250,
    /** Milliseconds that long work in small steps takes before it lets others have a turn. */
    turn: 12,
    /** Milliseconds over which the rate of reading is taken. */
    rateOver: 20_000,
  },
  quality: {
    /** Pixels of face width that count for nothing, and for all. */
    tinyFace: 16,
    ampleFace: 128,
    /** The size's part: the norm alone ranks as well as all figures together, the size only orders faces of one norm. */
    sizePart: 0.2,
  },
  places: machineSettings.places,
  lookAlikes: {
    /** Faces of either person that are compared, best first: 200 by 200 take about 30 ms. */
    faces: 200,
    /** Faces asked about in one go, and clear ones of either person to compare with. */
    shown: 9,
    compared: 36,
    /** Cosine; a confirmed face is looked at again where it leads by less: an eighth of the usual distance between two people. */
    close: 0.05,
    /** Pairs offered at most: a list that can be taken in. */
    pairs: 20,
  },
  packs: machineSettings.packs,
  updates: machineSettings.updates,
  fetch: machineSettings.fetch,
  same: {
    /** IoU from which a face read again is the old face. */
    faceOverlap: 0.4,
    /** Cosine from which a face of an edited photo is the old face: two readings of one face are rarely under 0.8, two people never over it. */
    editedFace: 0.6,
    /** Cosine from which that is doubtful and becomes a proposal instead. */
    editedDoubt: 0.35,
    /** Greatest difference of width / height, as a share, at which an edited photo still has the old one's frame. */
    editedFrame: 0.01,
    /**
     * Greatest distance of two blurs at which an edited photo still shows the same: saved again, brighter or grey they were under 0.4 (19
     * in 20 of 50 photos), turned by half over 0.86, different photos over 0.85.
     */
    editedBlur: 0.4,
    /** Greatest distance of a landmark from where the others say it is, as a share of the eyes' distance: two looks at one face differ by a tenth. */
    editedPoints: 0.35,
    /** How far beyond the old photo's edge the new one may seem to reach, as a share of its size: landmarks are a few pixels off. */
    editedEdge: 0.08,
  },
} as const;
export type Settings = typeof settings;
