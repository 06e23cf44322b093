import { describe, expect, it } from "vitest";
import { parseDatePhrase } from "../../renderer/screens/search/date-phrase.ts";
import { spanWords } from "../../renderer/screens/search/span-words.ts";

const today = "2026-03-14";
const read = (text: string) => {
  const span = parseDatePhrase(text, today);
  return span === null ? null : [span.from, span.to];
};

describe("a phrase about a time becomes days", () => {
  it.each([
    ["2019", "2019-01-01", "2019-12-31"],
    ["Summer 2019", "2019-06-01", "2019-08-31"],
    ["the summer of 2019", "2019-06-01", "2019-08-31"],
    ["winter 2018", "2018-12-01", "2019-02-28"],
    ["winter 2019", "2019-12-01", "2020-02-29"],
    ["Sommer 2019", "2019-06-01", "2019-08-31"],
    ["2015-2018", "2015-01-01", "2018-12-31"],
    ["2015 – 2018", "2015-01-01", "2018-12-31"],
    ["2015 to 2018", "2015-01-01", "2018-12-31"],
    ["between 2015 and 2018", "2015-01-01", "2018-12-31"],
    ["from 2015 until 2018", "2015-01-01", "2018-12-31"],
    ["July 2004", "2004-07-01", "2004-07-31"],
    ["sept 2004", "2004-09-01", "2004-09-30"],
    ["Feb 2004", "2004-02-01", "2004-02-29"],
    ["2004-07", "2004-07-01", "2004-07-31"],
    ["7/2004", "2004-07-01", "2004-07-31"],
    ["12 July 2004", "2004-07-12", "2004-07-12"],
    ["July 12th, 2004", "2004-07-12", "2004-07-12"],
    ["12.7.2004", "2004-07-12", "2004-07-12"],
    ["2004-07-12", "2004-07-12", "2004-07-12"],
    ["May to July 2019", "2019-05-01", "2019-07-31"],
    ["June 2002 – July 2004", "2002-06-01", "2004-07-31"],
    ["the 90s", "1990-01-01", "1999-12-31"],
    ["1960s", "1960-01-01", "1969-12-31"],
    ["nineties", "1990-01-01", "1999-12-31"],
    ["last year", "2025-01-01", "2025-12-31"],
    ["last summer", "2025-06-01", "2025-08-31"],
    ["last month", "2026-02-01", "2026-02-28"],
    ["yesterday", "2026-03-13", "2026-03-13"],
    ["Christmas 2012", "2012-12-24", "2012-12-26"],
    ["März 2012", "2012-03-01", "2012-03-31"],
  ])("%s", (text, from, to) => {
    expect(read(text)).toEqual([from, to]);
  });

  it("leaves an end open", () => {
    expect(read("since 2015")).toEqual(["2015-01-01", null]);
    expect(read("after 2015")).toEqual(["2016-01-01", null]);
    expect(read("before 2010")).toEqual([null, "2009-12-31"]);
    expect(read("until July 2010")).toEqual([null, "2010-07-31"]);
  });

  it.each(["", "  ", "31 February 2020", "13/2004", "sometime", "2018-2015", "Serena", "12345"])("does not guess at %j", (text) => {
    expect(read(text)).toBeNull();
  });
});

describe("a span in words", () => {
  it.each([
    "2019",
    "July 2004",
    "12 July 2004",
    "2015-2018",
    "June 2002 – July 2004",
    "since 2015",
    "until 2010",
    "5 May 2019 to 7 June 2019",
  ])("can be read back: %s", (text) => {
    const span = parseDatePhrase(text, today);
    expect(span).not.toBeNull();
    if (span !== null) expect(parseDatePhrase(spanWords(span), today)).toEqual(span);
  });
});
