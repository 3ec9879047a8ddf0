import fc from "fast-check";
import { expect, it } from "vitest";
import { dateFormatsOf } from "./date-formats.js";

it.each([
  [["2021-03-04", "2021-12-31"], ["%Y-%m-%d"], false],
  [["Jun 12 1998", "Aug 7 2001"], ["%b %d %Y"], false],
  [["June 12, 1998", "August 7, 2001"], ["%B %d, %Y"], false],
  [["7-Aug-01", "12-Jun-98"], ["%d-%b-%y"], false],
  [["04.03.2021 10:15", "31.12.2021 23:59"], ["%d.%m.%Y %H:%M"], false],
  [["2021-03-04T10:15:00Z", "2021-03-05T00:00:00Z"], ["%Y-%m-%dT%H:%M:%SZ"], false],
  [["3/4/2021 1:15 PM", "12/31/2021 11:59 AM"], ["%m/%d/%Y %I:%M %p"], false],
  [["13/02/2021", "01/12/2021"], ["%d/%m/%Y"], false],
  [["02/13/2021", "01/12/2021"], ["%m/%d/%Y"], false],
  [["01/02/2021", "03/12/2021"], ["%m/%d/%Y"], true],
] as const)("%j is %j", (texts, formats, isAmbiguous) => {
  expect(dateFormatsOf(texts)).toEqual({ formats, share: 1, isAmbiguous });
});

it("takes several formats, and leaves out a few texts that fit none", () => {
  const texts = [...Array.from({ length: 28 }, (_, i) => `${i + 1}/5/2020`), ...Array.from({ length: 9 }, (_, i) => `2020-06-0${i + 1}`), "soon"];
  expect(dateFormatsOf(texts)).toMatchObject({ formats: ["%d/%m/%Y", "%Y-%m-%d"], share: 37 / 38 });
});

it("reads one order of day and month only: the other would swap what fits both", () => {
  expect(dateFormatsOf(["13/01/2020", "14/01/2020", "01/15/2020"])).toBeNull();
});

it.each([[["red", "green"]], [["1.5", "2.25"]], [["12:30", "14:45"]], [["99-99-9999"]], [["2021", "2022"]], [[]]])("%j are no dates", (texts) => {
  expect(dateFormatsOf(texts)).toBeNull();
});

it("finds every date again that it is given in one format", () => {
  const pad = (value: number): string => String(value).padStart(2, "0");
  const write: Readonly<Record<string, (date: Date) => string>> = {
    "%Y-%m-%d": (date) => date.toISOString().slice(0, 10),
    "%d.%m.%Y": (date) => `${pad(date.getUTCDate())}.${pad(date.getUTCMonth() + 1)}.${date.getUTCFullYear()}`,
  };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(write)), fc.array(fc.date({ min: new Date("1500-01-01"), max: new Date("2299-12-31"), noInvalidDate: true }), { minLength: 1 }), (format, dates) => {
      expect(dateFormatsOf(dates.map(write[format]!))).toMatchObject({ formats: [format], share: 1 });
    }),
  );
});
