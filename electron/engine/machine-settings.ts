/** The part of `settings` that is about reading, models and what runs them. */
export const machineSettings = {
  accelerator: {
    /** Milliseconds a provider may take to load, compile and run the embedder when it is tried; a slow first compile took 4 s. */
    timeLimit: 20_000,
    /** Greatest difference from the CPU's results, as a share of the largest value: rounding is a tenth of it, a wrong kernel far more. */
    difference: 0.02,
    /** Times all cores of the CPU from which it is worth its risk. */
    worthwhile: 1.2,
    /** Faces a call that an accelerator is timed with; the quickest a face is used. More than the last wins nothing anywhere and costs memory. */
    batches: [8, 16, 32, 64],
  },
  scan: {
    /** Photos between two groupings while a long reading goes on, so that people appear early. */
    groupEvery: 2_000,
    /** Milliseconds by which the time of the same file may differ: some drives keep only every second one. */
    sameTime: 2000,
    /** Photos turned by one decision (an import) that are looked at again while it is waited for; more are left to a reading. */
    lookAgainAtOnce: 20,
    /** Photos a worker has in hand at once: while one is looked at, the next is decoded. */
    perWorker: 2,
    /**
     * Added to the nice value of the threads that read, on Linux, where threads have one of their own: while somebody looks, the pictures in
     * view come first, and reading takes what is left. Alone it is as fast as ever.
     */
    nice: 10,
  },
  places: {
    /** Side of the squares into which places are gathered, degrees (about 11 km). */
    cell: 0.1,
    /** How far around a place is looked, km. */
    around: 10,
    /** A photo further from any place than this has no place's name, km: nobody would say where it was by a town an hour away. */
    named: 30,
    /** Beyond this one is near a place, not at it, km. */
    near: 5,
    /** The seat of a region that the country around is called after, km: it lies well within what is looked through. */
    seat: 8,
    /** Two positions that are one, km: positions are told to 10 m. */
    same: 0.02,
  },
  packs: {
    /** Milliseconds after opening until a change to another pack goes on by itself: a command that only asks something is over by then. */
    goOnAfter: 1_500,
    /** Photos looked through in one go for faces without a vector: some 10 ms. */
    piece: 2_000,
    /** Share of photos that could not be read up to which a change still ends; more is a drive that went away. */
    mostFailed: 0.02,
    /** Faces that an embedder is timed with, as many as a call of it on the CPU has. */
    timed: 8,
    /** Confirmed faces that a pack is measured on, evenly of all people but at least so many of each: a minute for a pack without vectors. */
    measured: { faces: 400, least: 5 },
    /**
     * A pack without a table of its own is calibrated here, on pairs inside one photo: so many at least (its mean and spread are then known
     * to some three in a hundred) and at most, beside `each` faces at most of so many people with `faces` or more, for the parts of the spread.
     */
    calibrate: { pairs: 500, most: 20_000, people: 8, upTo: 60, faces: 4, each: 10 },
    /** Two faces in one photo that the pack in use takes for one person at this rate are a mirror's or a collage's. */
    mirrored: 1e-4,
    /** False-accept rate that is measured at, and people and pairs from which it can be: three times as many pairs as one of which is wrong. */
    accuracy: { rate: 1e-3, people: 3, same: 50, different: 3_000 },
  },
  updates: {
    /** Milliseconds that the list of versions may take, bytes it may have (a real one has a few thousand), and signs shown of its notes. */
    patience: 15_000,
    largest: 262_144,
    notes: 4_000,
  },
  fetch: {
    /** Milliseconds without a byte before an address that a model is fetched from is given up. */
    silence: 30_000,
  },
} as const;
