import fc from "fast-check";

const MARKS = [..."...\"\"''``,:;--!?()[]{}<>@#$%&*_ \n\t\rabXY059"];
const ODD = [
  ..."\x00\x0b\x1c\x85\xa0\u1680\u2003\u3000\u180e\u200b\ufeff\u0301²½٣ªéÉ",
  ...["İ", "ı", "ſ", "Σ", "Ⅷ", "ǅ", "\u{1d7ce}", "\u{1d400}", "\u{10400}", "\ud800", "\udfff"],
];
const WORDS = [
  ..."cannot CanNot d'ye gimme gİmme gonna gotta lemme mor'n more'n wanna 'tis 'twas 'twaſ".split(
    " ",
  ),
  ..."can't n't N'T 'll 're 'VE 's 'S 'm 'd I'd've '' `` -- ... .... .) .\" ?! http://a.b/c.".split(
    " ",
  ),
  ..."Mr. U.S. a.m. J. i.e. etc. No. 3.50 -5. 1,000.5. The the However he said In x-co. p.m.".split(
    " ",
  ),
  ...[". .", ". . .", "  ", "\n\n", ": ", ", ", ". "],
];

const DECISIONS = [
  ..."5. J. U.S. Mr. a. x-co. co. etc. ... .. no. It. ? ! , ; The the However he He x X é É b"
    .split(" "),
  ...['."', ".)", '"--', "(", "\n", "\n\n", "  "],
];

/** Any string of UTF-16 code units, lone surrogates too. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes)),
);

/** Texts made of what the rules look at. */
export const trickyText = fc.oneof(
  fc.array(fc.constantFrom(...MARKS), { maxLength: 30 }),
  fc.array(fc.constantFrom(...MARKS, ...ODD), { maxLength: 20 }),
  fc.array(fc.constantFrom(...MARKS, ...ODD, ...WORDS, " ", " "), { maxLength: 20 }),
  fc.array(fc.constantFrom(...DECISIONS), { maxLength: 12 }).map((words) => [words.join(" ")]),
  fc.array(fc.constantFrom(...DECISIONS, " ", " ", " "), { maxLength: 20 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 12 }).map((words) => [words.join(" ")]),
).map((pieces) => pieces.join(""));
